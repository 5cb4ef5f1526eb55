/** Names of files that are secrets, or that are as a rule; an example of one is none. */
const secret =
  /(^|\/)(?:\.env(?![\w.-]*\.?(?:example|sample|template|dist|defaults)\b)[^/]*|\.netrc|\.git-credentials|\.aws|\.kube|\.ssh|id_(?:rsa|ecdsa|ed25519)[^/]*)$|\.(?:pem|key|p12|pfx|jks|keystore)$/;

/** Whether a file's name says that it holds a secret. */
export const looksSecret = (path: string): boolean => secret.test(path);

/** Whether a variable's name says so. */
export const isSecretName = (name: string): boolean =>
  /(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?)(?:_|$)/i.test(name) && !/PUBLIC/i.test(name);
