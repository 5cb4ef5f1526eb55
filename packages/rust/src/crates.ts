/** A crate that needs more than Rust and a C compiler, both of which the images have. */
export interface NativeCrate {
  /** Any of these crates in Cargo.lock means that it brings its own sources or tools. */
  readonly unlessLocked?: readonly string[];
  /** They do so where a feature is asked for that has this in its name; without one it may need everything. */
  readonly unlessAsked?: string;
  /** Having this dependency means the same. */
  readonly unlessUses?: string;
  /** Part of the name of a feature that takes it in, so that it may be in Cargo.lock without need. */
  readonly feature?: string;
  /** The first version that no longer asks for it, and the first that did. */
  readonly before?: string;
  readonly since?: string;
  /** Crates that do without it on Linux; used by those alone, it asks for nothing. */
  readonly exceptFor?: readonly string[];
  /** Alpine packages (https://pkgs.alpinelinux.org) of its tools and static libraries. */
  readonly apk?: readonly string[];
  /** Debian packages (https://packages.debian.org) of the same. */
  readonly apt?: readonly string[];
  /** Variables of the build. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables of a build whose result is static. */
  readonly staticEnv?: Readonly<Record<string, string>>;
  /** Why its program can't be static, so that it is built with glibc. */
  readonly shared?: string;
  /** Why it can't be served, and what can be done. */
  readonly problem?: readonly [message: string, hint: string];
}

const protoc = { apk: ['protobuf-dev', 'protoc'], apt: ['libprotobuf-dev', 'protobuf-compiler'] };
const cpp = { apk: ['g++'], apt: ['g++'] };
const make = { apk: ['make'], apt: ['make'] };

/** A C library that Alpine has no complete static form of. */
const shared = (library: string, ...apt: readonly string[]): NativeCrate => ({
  apt: [...apt, 'pkg-config'],
  shared: `links ${library}, which Alpine has no static form of`,
});

const asksGit: NativeCrate = {
  problem: [
    'asks Git for the commit while it builds, and .git is not part of the build',
    'Give it a fallback, or hand the commit over by an ARG of the build stage.',
  ],
};

/** Crates without an entry either need nothing or are not known; ring, zstd-sys, libz-sys and the like just compile C. */
export const nativeCrates: Readonly<Record<string, NativeCrate>> = {
  'openssl-sys': {
    unlessLocked: ['openssl-src'],
    unlessAsked: 'vendored',
    apk: ['openssl-dev', 'openssl-libs-static', 'pkgconf'],
    apt: ['libssl-dev', 'pkg-config'],
    staticEnv: { OPENSSL_STATIC: '1' },
  },
  'openssl-src': { apk: ['linux-headers', 'make', 'perl'], apt: ['make', 'perl'] },
  // https://aws.github.io/aws-lc-rs/requirements/: aws-lc-sys needs a C compiler alone, its FIPS form all of these
  'aws-lc-fips-sys': {
    feature: 'fips',
    apk: ['cmake', 'go', 'make', 'perl'],
    apt: ['cmake', 'golang-go', 'make', 'perl'],
  },
  cmake: { exceptFor: ['aws-lc-sys', 'aws-lc-fips-sys'], apk: ['cmake', 'g++', 'make'], apt: ['cmake', 'g++', 'make'] },
  'prost-build': { unlessLocked: ['protoc-bin-vendored', 'protox'], ...protoc },
  'protobuf-codegen': { unlessLocked: ['protoc-bin-vendored'], ...protoc },
  'libsqlite3-sys': {
    unlessUses: 'cc',
    apk: ['pkgconf', 'sqlite-dev', 'sqlite-static'],
    apt: ['libsqlite3-dev', 'pkg-config'],
  },
  // https://github.com/rust-onig/rust-onig/issues/191: its C is older than the standard that GCC 15 takes unasked
  onig_sys: { before: '69.9.0', env: { CFLAGS: '-std=gnu17' } },
  // https://github.com/time-rs/time/issues/693
  time: {
    since: '0.3.0',
    before: '0.3.35',
    problem: ["doesn't compile with Rust 1.80 or later", 'Run cargo update -p time, and commit Cargo.lock.'],
  },
  'tikv-jemalloc-sys': make,
  'jemalloc-sys': make,
  'link-cplusplus': cpp,
  'librocksdb-sys': cpp,
  'libduckdb-sys': cpp,
  'esaxx-rs': { ...cpp, feature: 'cpp' },
  // https://github.com/fede1024/rust-rdkafka: its configure is a script of bash
  'rdkafka-sys': { apk: ['bash', 'g++', 'make'], apt: ['g++', 'make'] },
  'sqlx-macros': { env: { SQLX_OFFLINE: 'true' } },
  bindgen: {
    // https://github.com/aws/aws-lc-rs: bindings for the usual targets are part of the crate
    exceptFor: ['aws-lc-sys', 'aws-lc-fips-sys'],
    apt: ['libclang-dev'],
    shared: 'loads libclang while it builds, which a static build script on musl can not',
  },
  'pq-sys': { unlessLocked: ['pq-src'], feature: 'postgres', ...shared('libpq', 'libpq-dev') },
  'mysqlclient-sys': {
    unlessLocked: ['mysqlclient-src'],
    feature: 'mysql',
    ...shared('libmysqlclient', 'default-libmysqlclient-dev'),
  },
  'libudev-sys': shared('libudev', 'libudev-dev'),
  'libsystemd-sys': shared('libsystemd', 'libsystemd-dev'),
  'alsa-sys': shared('libasound', 'libasound2-dev'),
  'gtk-sys': {
    problem: [
      'links GTK, which has no static form and draws on a screen',
      'Build a binary without a window for the container.',
    ],
  },
  'git-version': asksGit,
  'shadow-rs': asksGit,
};

/** Crates that load a library when the program runs, where the program itself depends on them: a static one can't. */
export const loaders: readonly string[] = ['abi_stable', 'dlopen', 'dlopen2', 'libloading'];
