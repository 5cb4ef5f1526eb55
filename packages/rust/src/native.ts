import type { Fact, Note, Place } from '@msb/core';
import type { LockedCrate } from './lock.ts';

/** A crate that needs more than Rust and a C compiler, both of which rust:alpine has. */
interface NativeCrate {
  /** Any of these crates in Cargo.lock means that it brings its own sources or tools. */
  readonly unlessLocked?: readonly string[];
  /** Having this dependency means the same. */
  readonly unlessUses?: string;
  /** Alpine packages (https://pkgs.alpinelinux.org) of its tools and static libraries. */
  readonly packages?: readonly string[];
  /** Variables of the build. */
  readonly env?: Readonly<Record<string, string>>;
  /** Why it can't be served, and what can be done. */
  readonly problem?: readonly [message: string, hint: string];
}

const cLibrary = (library: string, feature: string): Pick<NativeCrate, 'problem'> => ({
  problem: [`links ${library}, which Alpine has no complete static form of`, feature],
});

const asksGit: Pick<NativeCrate, 'problem'> = {
  problem: [
    'asks Git for the commit while it builds, and .git is not part of the build',
    'Give it a fallback, or hand the commit over by an ARG of the build stage.',
  ],
};

/** Crates without an entry either need nothing or are not known; ring, zstd-sys, libz-sys and the like just compile C. */
const nativeCrates: Readonly<Record<string, NativeCrate>> = {
  'openssl-sys': {
    unlessLocked: ['openssl-src'],
    packages: ['openssl-dev', 'openssl-libs-static', 'pkgconf'],
    env: { OPENSSL_STATIC: '1' },
  },
  'openssl-src': { packages: ['linux-headers', 'make', 'perl'] },
  'aws-lc-sys': { packages: ['cmake', 'make'] },
  cmake: { packages: ['cmake', 'g++', 'make'] },
  'prost-build': { unlessLocked: ['protoc-bin-vendored', 'protox'], packages: ['protobuf-dev', 'protoc'] },
  'protobuf-codegen': { unlessLocked: ['protoc-bin-vendored'], packages: ['protobuf-dev', 'protoc'] },
  'libsqlite3-sys': { unlessUses: 'cc', packages: ['pkgconf', 'sqlite-dev', 'sqlite-static'] },
  'tikv-jemalloc-sys': { packages: ['make'] },
  'jemalloc-sys': { packages: ['make'] },
  'link-cplusplus': { packages: ['g++'] },
  'sqlx-macros': { env: { SQLX_OFFLINE: 'true' } },
  bindgen: {
    problem: [
      'loads libclang while it builds, which a static build script on musl can not',
      'Commit the bindings that bindgen makes, or turn off the feature that asks for them.',
    ],
  },
  'pq-sys': { unlessLocked: ['pq-src'], ...cLibrary('libpq', 'Turn on its feature bundled.') },
  'mysqlclient-sys': {
    unlessLocked: ['mysqlclient-src'],
    ...cLibrary('libmysqlclient', 'Turn on its feature bundled.'),
  },
  'libudev-sys': cLibrary('libudev', 'Do without it in the container, behind a feature.'),
  'alsa-sys': cLibrary('libasound', 'Do without it in the container, behind a feature.'),
  'git-version': asksGit,
  'shadow-rs': asksGit,
  'vergen-git2': asksGit,
  'vergen-gitcl': asksGit,
  'vergen-gix': asksGit,
  'gtk-sys': cLibrary('GTK', 'Build a binary without a window for the container.'),
};

/** What the C code in a project's crates asks of the build stage. */
export interface Native {
  readonly packages: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
}

/**
 * Reads it from Cargo.lock, which holds optional dependencies and those of tests, too: a package too many costs a few
 * seconds of the build and never reaches the image.
 */
export function findNative(lock: readonly LockedCrate[]): Native {
  const locked = new Set(lock.map(({ name }) => name));
  const found = lock.flatMap((crate) => {
    const native = Object.hasOwn(nativeCrates, crate.name) ? nativeCrates[crate.name] : undefined;
    if (native === undefined || native.unlessLocked?.some((name) => locked.has(name))) return [];
    if (native.unlessUses !== undefined && crate.dependencies.includes(native.unlessUses)) return [];
    return [{ name: crate.name, place: crate.place, ...native }];
  });
  return {
    packages: [...new Set(found.flatMap(({ packages = [] }) => packages))].sort(),
    env: Object.assign({}, ...found.map(({ env }) => env)),
    facts: found.flatMap(({ name, place, packages }) => (packages ? [fact(name, packages, place)] : [])),
    notes: found.flatMap(({ name, place, problem }) =>
      problem ? [{ message: `Where a feature takes it in, ${name} ${problem[0]}`, hint: problem[1], place }] : [],
    ),
  };
}

const fact = (name: string, packages: readonly string[], place: Place): Fact => ({
  name: 'C libraries',
  value: `${name} is built with ${packages.join(' ')}`,
  place,
});
