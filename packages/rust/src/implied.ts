/** What a crate takes in where a feature of it is on, as far as it concerns what a build needs beside Rust. */
export interface Implied {
  readonly crate: string;
  /** Its features that do so; all, where it is absent. `default` stands for those that are on unless told. */
  readonly features?: RegExp;
  readonly brings: readonly string[];
  /** The first version of which this no longer holds. */
  readonly before?: string;
}

const nativeTls = (features: RegExp, ...crates: readonly string[]): readonly Implied[] =>
  crates.map((crate) => ({ crate, features, brings: ['native-tls', 'hyper-tls', 'tokio-native-tls', 'openssl-sys'] }));

/**
 * Features of crates that many use. Cargo.lock has what all members of a workspace ask for together, so that it does not
 * tell whether this member's `reqwest` links OpenSSL; and without a lock nothing else tells what is linked at all.
 */
export const implied: readonly Implied[] = [
  { crate: 'openssl', features: /^vendored$/, brings: ['openssl-src'] },
  { crate: 'native-tls', features: /^vendored$/, brings: ['openssl-src'] },
  ...[
    'openssl',
    'native-tls',
    'hyper-tls',
    'tokio-native-tls',
    'tokio-openssl',
    'hyper-openssl',
    'postgres-openssl',
    'postgres-native-tls',
  ].map((crate) => ({ crate, brings: ['openssl-sys'] })),
  // https://github.com/seanmonstar/reqwest/blob/master/CHANGELOG.md: from 0.13 on the default is rustls
  {
    crate: 'reqwest',
    features: /^default(?:-tls)?$/,
    brings: ['hyper-tls', 'native-tls', 'tokio-native-tls', 'openssl-sys'],
    before: '0.13.0',
  },
  { crate: 'reqwest', features: /^native-tls-vendored$/, brings: ['openssl-src'] },
  ...nativeTls(
    /^native-tls/,
    'reqwest',
    'ureq',
    'tungstenite',
    'tokio-tungstenite',
    'async-tungstenite',
    'poem',
    'salvo',
    'axum-server',
  ),
  ...nativeTls(
    /native-tls|openssl/,
    'sqlx',
    'sqlx-core',
    'sea-orm',
    'redis',
    'mongodb',
    'kube',
    'kube-client',
    'tonic',
    'actix-web',
    'awc',
    'actix-tls',
  ),
  ...nativeTls(/^tls$/, 'redis'),
  ...nativeTls(
    /^default$|native[-_]tls/,
    'lettre',
    'teloxide',
    'teloxide-core',
    'sentry',
    'elasticsearch',
    'tiberius',
    'imap',
    'attohttpc',
    'rust-s3',
    'self_update',
    'web3',
  ),
  ...nativeTls(/^default$|^tls$|tls-native/, 'ldap3'),
  ...nativeTls(/^default$|^https$|^ssl$/, 'git2', 'curl'),
  ...nativeTls(/native_tls/, 'serenity', 'poise', 'songbird'),
  ...nativeTls(/^runtime-tokio-hyper$|native-tls/, 'async-stripe'),
  ...nativeTls(/^default$|curl/, 'isahc', 'surf'),
  { crate: 'diesel', features: /^postgres$/, brings: ['pq-sys'] },
  { crate: 'diesel', features: /^mysql$/, brings: ['mysqlclient-sys'] },
  { crate: 'diesel', features: /^sqlite$/, brings: ['libsqlite3-sys'] },
  { crate: 'rusqlite', brings: ['libsqlite3-sys'] },
  { crate: 'libsqlite3-sys', features: /bundled/, brings: ['cc'] },
  { crate: 'rusqlite', features: /bundled/, brings: ['cc'] },
  { crate: 'sqlx', features: /^(?:default|macros)$/, brings: ['sqlx-macros'] },
  { crate: 'sqlx', features: /^sqlite$/, brings: ['libsqlite3-sys', 'cc'] },
  { crate: 'sqlx', features: /^sqlite-unbundled$/, brings: ['libsqlite3-sys'] },
  { crate: 'sea-orm', features: /^sqlx-sqlite$/, brings: ['libsqlite3-sys', 'cc'] },
  ...['tonic-build', 'tonic-prost-build', 'prost-wkt-build', 'prost-reflect-build', 'etcd-client'].map((crate) => ({
    crate,
    brings: ['prost-build'],
  })),
  { crate: 'tikv-jemallocator', brings: ['tikv-jemalloc-sys'] },
  { crate: 'jemallocator', brings: ['jemalloc-sys'] },
  { crate: 'rocksdb', brings: ['librocksdb-sys', 'bindgen'] },
  { crate: 'surrealdb', features: /^kv-rocksdb$/, brings: ['librocksdb-sys', 'bindgen'] },
  { crate: 'rdkafka', brings: ['rdkafka-sys'] },
  { crate: 'rdkafka', features: /^cmake-build$/, brings: ['cmake'] },
  { crate: 'rdkafka', features: /^ssl$/, brings: ['openssl-sys'] },
];

/** Whether a version, or what a requirement asks for at least, is older than another; numbers alone count. */
export function isBefore(version: string, other: string): boolean {
  const [own, others] = [version.replace(/^[^\d]+/, ''), other].map((text) => text.split(/[.+-]/).map(Number));
  const differs = (others ?? []).findIndex((number, index) => number !== (own?.[index] ?? 0));
  return differs >= 0 && (own?.[differs] ?? 0) < (others?.[differs] ?? 0);
}

/** What a crate of some version brings with features that are asked for. */
export const broughtBy = (crate: string, version: string, features: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    implied
      .filter((item) => item.crate === crate && (item.before === undefined || isBefore(version, item.before)))
      .filter((item) => item.features === undefined || [...features].some((feature) => item.features?.test(feature)))
      .flatMap(({ brings }) => brings),
  );

/** Everything that features of a crate may bring, so that it is there only with one of them. */
export const mayBring = (crate: string): ReadonlySet<string> =>
  new Set(
    implied.filter((item) => item.crate === crate && item.features !== undefined).flatMap(({ brings }) => brings),
  );
