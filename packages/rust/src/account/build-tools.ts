/** Packages that bring a program which build scripts start. */
interface BuildTool {
  readonly apk: readonly string[];
  readonly apt: readonly string[];
}

const same = (...names: readonly string[]): BuildTool => ({ apk: names, apt: names });
const node = same('nodejs', 'npm');

/** Programs of build scripts, with the packages of Alpine (https://pkgs.alpinelinux.org) and Debian that have them. */
export const buildTools: Readonly<Record<string, BuildTool>> = {
  git: same('git'),
  make: same('make'),
  cmake: same('cmake', 'g++', 'make'),
  perl: same('perl'),
  python3: same('python3'),
  python: { apk: ['python3'], apt: ['python-is-python3'] },
  bash: same('bash'),
  curl: same('curl'),
  wget: same('wget'),
  unzip: same('unzip'),
  clang: same('clang'),
  'g++': same('g++'),
  'c++': same('g++'),
  protoc: { apk: ['protobuf-dev', 'protoc'], apt: ['libprotobuf-dev', 'protobuf-compiler'] },
  'pkg-config': { apk: ['pkgconf'], apt: ['pkg-config'] },
  node,
  npm: node,
  npx: node,
  yarn: { apk: ['nodejs', 'yarn'], apt: [] },
  pnpm: { apk: ['nodejs', 'pnpm'], apt: [] },
  sass: { apk: ['dart-sass'], apt: [] },
  sassc: same('sassc'),
  esbuild: same('esbuild'),
};

/** Programs that both images have. */
export const present: ReadonlySet<string> = new Set(
  'sh cargo rustc rustup rustfmt cc gcc ar ld nm strip objcopy as ranlib date uname hostname whoami echo cat cp mv rm mkdir rmdir ls ln touch chmod find grep sed awk sort head tail tr cut wc test true false env id tar gzip which pwd dirname basename'.split(
    ' ',
  ),
);
