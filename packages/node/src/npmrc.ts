import type { BuildSecret, Note, Project } from '@msb/core';

/** What a .npmrc asks of the build. */
export interface NpmConfig {
  /** Whether the file may be part of the build. */
  readonly shared: boolean;
  /** Values of `--mount` that hand secrets to an installation. */
  readonly mounts: readonly string[];
  /** The same for the command that builds. */
  readonly secrets: readonly BuildSecret[];
  readonly notes: readonly Note[];
}

const file = '.npmrc';
const secretLine = /(?:_authToken|_auth|_password)\s*=\s*(.*\S)/;

/**
 * Reads .npmrc (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc). A literal token keeps the whole file out of the
 * build; it is then handed in as a secret, as are variables that a token refers to. A build without them goes on, and
 * fails only where a private package is fetched.
 */
export function readNpmConfig(project: Project): NpmConfig {
  const secrets = [...project.matches([file], secretLine)].filter(({ match }) => !/^\s*[;#]/.test(match.input));
  const literal = secrets.find(({ match }) => !/^["']?\$\{[^}]+\}["']?$/.test(match[1] ?? ''));
  if (literal) {
    return {
      shared: false,
      mounts: ['type=secret,id=npmrc,target=/root/.npmrc'],
      secrets: [{ id: 'npmrc', src: '.npmrc' }],
      notes: [
        {
          message: '.npmrc holds a token, so it stays out of the build',
          hint: 'Build with --secret id=npmrc,src=.npmrc, and refer to a variable in place of the token.',
          place: { file, line: literal.line },
        },
      ],
    };
  }
  const names = new Set(secrets.flatMap(({ match }) => /\$\{(\w+)\??\}/.exec(match[1] ?? '')?.[1] ?? []));
  const place = secrets[0] && { file, line: secrets[0].line };
  return {
    shared: project.has(file),
    mounts: [...names].map((name) => `type=secret,id=${name},env=${name}`),
    secrets: [...names].map((name) => ({ id: name, env: name })),
    notes: [...names].map((name) => ({
      message: `.npmrc takes a token from ${name}, which the build does not have by itself`,
      hint: `Build with --secret id=${name},env=${name}.`,
      ...(place && { place }),
    })),
  };
}
