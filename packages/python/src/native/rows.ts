/** A package that needs more than Python: to be installed, or when it runs. */
export interface NativePackage {
  /** Debian packages (https://packages.debian.org/trixie) of the compiler's headers; a compiler comes with them. */
  readonly build?: readonly string[];
  /** Debian packages of the libraries or programs that it loads when it runs. */
  readonly run?: readonly string[];
  /** Whether it has wheels with all that it needs, so that this is for releases without one. */
  readonly wheels?: boolean;
  /** Any of these among the dependencies brings its own. */
  readonly unless?: readonly string[];
}

/** What every compiled package needs. */
export const compiler: readonly string[] = ['gcc', 'libc6-dev'];

/** What a package that nobody knows may need besides. */
export const moreTools: readonly string[] = ['g++', 'make', 'pkg-config'];

/** Packages that are written in Rust. */
const inRust = (names: readonly string[]): Readonly<Record<string, NativePackage>> =>
  Object.fromEntries(names.map((name) => [name, { wheels: true, build: ['cargo', 'rustc'] }]));

/** Packages that have no wheels with all that they need. What is not here has them, or is plain Python. */
export const nativePackages: Readonly<Record<string, NativePackage>> = {
  // https://www.psycopg.org/docs/install.html, https://www.psycopg.org/psycopg3/docs/basic/install.html
  psycopg2: { build: ['libpq-dev'], run: ['libpq5'] },
  psycopg: { run: ['libpq5'], unless: ['psycopg-binary'] },
  'psycopg-c': { build: ['libpq-dev'], run: ['libpq5'] },
  // https://github.com/PyMySQL/mysqlclient#linux
  mysqlclient: { build: ['default-libmysqlclient-dev', 'pkg-config'], run: ['libmariadb3'] },
  'python-ldap': { build: ['libldap-dev', 'libsasl2-dev'], run: ['libldap2', 'libsasl2-2'] },
  uwsgi: { build: [] },
  xmlsec: { build: ['libxml2-dev', 'libxmlsec1-dev', 'pkg-config'], run: ['libxmlsec1-openssl'] },
  pygraphviz: { build: ['libgraphviz-dev', 'pkg-config'], run: ['graphviz'] },
  pycairo: { build: ['libcairo2-dev', 'pkg-config'], run: ['libcairo2'] },
  pylibmc: { build: ['libmemcached-dev', 'zlib1g-dev'], run: ['libmemcached11t64'] },
  pycups: { build: ['libcups2-dev'], run: ['libcups2t64'] },
  'dbus-python': { build: ['libdbus-1-dev', 'libglib2.0-dev', 'make', 'pkg-config'], run: ['libdbus-1-3'] },
  'systemd-python': { build: ['libsystemd-dev', 'pkg-config'], run: ['libsystemd0'] },
  netifaces: { build: [] },
  // wheels have the libraries in them
  'psycopg2-binary': { wheels: true, build: ['libpq-dev'], run: ['libpq5'] },
  lxml: { wheels: true, build: ['libxml2-dev', 'libxslt1-dev'], run: ['libxml2', 'libxslt1.1'] },
  pillow: {
    wheels: true,
    build: ['libfreetype-dev', 'libjpeg-dev', 'zlib1g-dev'],
    run: ['libfreetype6', 'libjpeg62-turbo'],
  },
  cffi: { wheels: true, build: ['libffi-dev'] },
  cryptography: { wheels: true, build: ['cargo', 'libffi-dev', 'libssl-dev', 'rustc'] },
  ...inRust(['bcrypt', 'jiter', 'orjson', 'pydantic-core', 'rpds-py', 'tiktoken', 'tokenizers', 'watchfiles']),
  // loaded by ctypes or cffi: no wheel brings them
  'python-magic': { run: ['libmagic1t64'] },
  pyzbar: { run: ['libzbar0t64'] },
  // https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#linux
  weasyprint: { run: ['libharfbuzz-subset0', 'libpango-1.0-0', 'libpangoft2-1.0-0'] },
  cairosvg: { run: ['libcairo2'] },
  pyspark: { run: ['default-jre-headless'] },
  'tabula-py': { run: ['default-jre-headless'] },
  'language-tool-python': { run: ['default-jre-headless'] },
  pyodbc: { run: ['unixodbc'] },
  'opencv-python': { run: ['libgl1', 'libglib2.0-0t64'] },
  // programs that are started
  pytesseract: { run: ['tesseract-ocr'] },
  pdf2image: { run: ['poppler-utils'] },
  pydub: { run: ['ffmpeg'] },
  graphviz: { run: ['graphviz'] },
  gitpython: { run: ['git'] },
};
