/** A secret that can be told by its form. `anchor` is a literal that every match has in it. */
interface Form {
  readonly kind: string;
  readonly anchor: string;
  readonly pattern: RegExp;
}

/**
 * Secrets with a form of their own, from their issuers' documentation, such as
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats.
 * What has no such form (a password, a JWT, a browser's API key) is left out: an alarm has to be worth a look.
 */
const forms: readonly Form[] = [
  {
    kind: 'private key',
    anchor: 'PRIVATE KEY-----',
    // The text alone is in every TLS library: a key has its data behind it.
    pattern:
      /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\\n|\s)+(?:[\w-]+: [^\n]+\n)*\s*[A-Za-z0-9+/]{40}[A-Za-z0-9+/=\s\\]{24}/g,
  },
  { kind: 'GitHub token', anchor: 'ghp_', pattern: /\bghp_[A-Za-z0-9]{36}\b/g },
  { kind: 'GitHub token', anchor: 'gho_', pattern: /\bgho_[A-Za-z0-9]{36}\b/g },
  { kind: 'GitHub token', anchor: 'ghs_', pattern: /\bghs_[A-Za-z0-9]{36}\b/g },
  { kind: 'GitHub token', anchor: 'github_pat_', pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g },
  { kind: 'GitLab token', anchor: 'glpat-', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/g },
  { kind: 'npm token', anchor: 'npm_', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'PyPI token', anchor: 'pypi-AgE', pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,}/g },
  { kind: 'AWS access key', anchor: 'AKIA', pattern: /\bAKIA[A-Z2-7]{16}\b/g },
  { kind: 'Slack token', anchor: 'xox', pattern: /\bxox[bpars]-\d{10,}-[A-Za-z0-9-]{20,}/g },
  { kind: 'Stripe key', anchor: 'k_live_', pattern: /\b[sr]k_live_[A-Za-z0-9]{24,}/g },
  { kind: 'SendGrid key', anchor: 'SG.', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b/g },
  { kind: 'Anthropic key', anchor: 'sk-ant-', pattern: /\bsk-ant-[a-z]+\d\d-[A-Za-z0-9_-]{80,}/g },
  { kind: 'OpenAI key', anchor: 'sk-proj-', pattern: /\bsk-proj-[A-Za-z0-9_-]{40,}/g },
  { kind: 'Hugging Face token', anchor: 'hf_', pattern: /\bhf_[A-Za-z]{34}\b/g },
  { kind: 'Vault token', anchor: 'hvs.', pattern: /\bhvs\.[A-Za-z0-9_-]{60,}/g },
  { kind: 'age key', anchor: 'AGE-SECRET-KEY-1', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{58}/g },
];

/** Any anchor: one pass over a text tells whether it is worth a closer look. */
const anchors = new RegExp([...new Set(forms.map(({ anchor }) => anchor.replace(/\W/g, '\\$&')))].join('|'));

/** `ghp_xxxx…` and `AKIAIOSFODNN7EXAMPLE` are examples, not secrets. */
const isExample = (text: string): boolean => /example/i.test(text) || new Set(text).size < 12;

/** The kinds of secrets in a text, each once. */
export function leaksIn(text: string): readonly string[] {
  if (!anchors.test(text)) return [];
  const found = forms.filter(
    ({ anchor, pattern }) => text.includes(anchor) && [...text.matchAll(pattern)].some(([match]) => !isExample(match)),
  );
  return [...new Set(found.map(({ kind }) => kind))];
}

/** A secret is at most this long as far as {@link leaksIn} needs to see it: how much two pieces of a file overlap. */
export const longestLeak = 512;
