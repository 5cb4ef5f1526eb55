import { type Check, type Evidence, fail, pass, some, warn } from '../check.ts';
import type { Layer } from '../image/image.ts';
import { leaksIn } from '../image/leaks.ts';
import { shortStep } from './tools.ts';

/** Something in a layer, also in one whose files a later layer deletes: they can still be read. */
interface Hit {
  readonly path: string;
  readonly layer: Layer;
}

const hits = ({ image }: Evidence, look: (layer: Layer) => readonly string[]): readonly Hit[] =>
  image.layers.flatMap((layer) => look(layer).map((path) => ({ path, layer })));

/** `/.npmrc (in COPY . .)`; says so where a container no longer sees it. */
function where({ image }: Evidence, found: readonly Hit[]): string {
  const text = ({ path, layer }: Hit): string => {
    const gone = image.files.get(path)?.layer === layer ? '' : ', which a later layer only hides';
    return `/${path} (${shortStep(layer.madeBy)}${gone})`;
  };
  return some(found.map(text), 2);
}

const keepOut = 'Keep it out with .dockerignore, or read it with RUN --mount=type=secret; then replace the secret.';

export const versionControl: Check = {
  id: 'vcs',
  title: 'history',
  run(evidence) {
    const folder = /(^|\/)\.(git|hg|svn|bzr)$/;
    const found = hits(evidence, ({ files }) =>
      files.filter(({ type, path }) => type === 'directory' && folder.test(path)).map(({ path }) => path),
    );
    if (found.length === 0) return pass('no folder of a version control');
    return fail(where(evidence, found), 'Add .git to .dockerignore, and leave it out of what is copied.');
  },
};

/** Files of credentials, and what makes one: most of these hold harmless settings, too. */
const credentials: readonly (readonly [name: RegExp, secret: RegExp])[] = [
  [/(^|\/)\.npmrc$/, /(_authToken|_password|_auth)\s*=\s*["']?(?!\$)[^\s"']/],
  [/(^|\/)\.netrc$/, /\bpassword\s+\S/],
  [/(^|\/)\.pypirc$/, /^\s*password\s*[:=]\s*\S/m],
  [/(^|\/)(\.dockercfg|\.docker\/config\.json)$/, /"(auth|identitytoken)"\s*:\s*"[^"]/],
  [/(^|\/)\.git-credentials$/, /:\/\/[^:\s]+:[^@\s]+@/],
  [/(^|\/)\.aws\/credentials$/, /aws_secret_access_key\s*=\s*\S/],
  [
    /(^|\/)\.env(\.[\w-]+)*$/,
    /^\s*(export\s+)?\w*(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|CREDENTIAL)\w*\s*=\s*["']?(?!\$)[^\s"'#]/im,
  ],
];

/** Files that show others how to write theirs, and those of dependencies. */
const harmless = /\.(example|sample|template|dist|defaults?)$|(^|\/)(node_modules|site-packages|testdata)\//;

export const credentialFiles: Check = {
  id: 'credentials',
  title: 'credentials',
  run(evidence) {
    const matching = (test: (path: string, text: string) => boolean) =>
      hits(evidence, ({ texts }) =>
        [...texts].filter(([path, text]) => !harmless.test(path) && test(path, text)).map(([path]) => path),
      );
    const found = matching((path, text) => credentials.some(([name, secret]) => name.test(path) && secret.test(text)));
    if (found.length > 0) return fail(where(evidence, found), keepOut);
    const env = matching((path, text) => /(^|\/)\.env(\.[\w-]+)*$/.test(path) && /^\s*\w+\s*=\s*\S/m.test(text));
    if (env.length > 0)
      return warn(where(evidence, env), 'Give settings to the container when it runs; add .env* to .dockerignore.');
    return pass(`no file with one in ${evidence.image.layers.length} layers`);
  },
};

/**
 * Keys that a dependency's own tests are signed with are known to everybody; GnuTLS and Mbed TLS have theirs in the
 * library, which tests itself (https://gitlab.com/gnutls/gnutls/-/blob/master/lib/crypto-selftests-pk.c).
 */
const ofTests =
  /(^|\/)(node_modules|site-packages|dist-packages|vendor|gems)\/.*(^|\/)(tests?|examples?|fixtures?|specs?|demo)\/|(^|\/)lib(gnutls|mbed(tls|x509|crypto))\.so/;

const leakCheck = (id: string, title: string, none: string, wanted: (kind: string) => boolean): Check => ({
  id,
  title,
  run(evidence) {
    const kinds = new Set<string>();
    const found = hits(evidence, ({ leaks }) =>
      leaks
        .filter(({ kind, path }) => wanted(kind) && !ofTests.test(path))
        .map(({ kind, path }) => {
          kinds.add(kind);
          return path;
        }),
    );
    if (found.length === 0) return pass(`${none} in ${evidence.image.layers.length} layers`);
    const reason = `${[...kinds].join(', ')} in ${where(evidence, found)}`;
    return found.every(({ layer }) => layer.inBase)
      ? warn(`${reason}, from the base image`, keepOut)
      : fail(reason, keepOut);
  },
});

export const privateKeys = leakCheck(
  'keys',
  'keys',
  'no private key',
  (kind) => kind === 'private key' || kind === 'age key',
);
export const tokens = leakCheck('tokens', 'tokens', 'no token', (kind) => !kind.endsWith('key') || /^[A-Z]/.test(kind));

const secretValue =
  /(?:^|\s)([A-Za-z0-9_]*(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|CREDENTIALS?))=["']?(?![\s"'$]|$|\/run\/)\S/i;

/** Arguments of the build, variables and commands are in the image for everybody to read. */
export const history: Check = {
  id: 'history',
  title: 'arguments',
  run({ image }) {
    for (const step of image.history) {
      const [kind] = leaksIn(step);
      const name = /^(ARG|ENV|RUN \|\d+) /.test(step) ? secretValue.exec(step)?.[1] : undefined;
      if (kind === undefined && name === undefined) continue;
      const [keyword = ''] = step.split(' ');
      return fail(`${kind ?? `the value of ${name}`} is in the image's history, by ${keyword}`, keepOut);
    }
    return pass(`no secret in ${image.history.length} steps`);
  },
};
