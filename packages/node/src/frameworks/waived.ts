import type { Made } from './framework.ts';

/** What BuildKit's check takes for a secret, by the name of a variable, and what it takes for none. */
const looksSecret = /(?:_|^)(apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const looksPublic = /(?:_|^)(public|file|version)(?:_|$)/i;

/** The check that is wrong where a variable that every browser gets has a name like a secret's: `VITE_API_KEY`. */
export const waivedChecks = (made: Made | undefined): readonly string[] =>
  made?.build.variables?.some(({ name }) => looksSecret.test(name) && !looksPublic.test(name))
    ? ['SecretsUsedInArgOrEnv']
    : [];
