/** Modules that bring their C code along, so that a C compiler is all they need, and the build tags that help. */
export const selfContained: Readonly<Record<string, readonly string[]>> = {
  // without dlopen, which a static program does not have (https://github.com/mattn/go-sqlite3/pull/235)
  'github.com/mattn/go-sqlite3': ['sqlite_omit_load_extension'],
  'github.com/rqlite/go-sqlite3': ['sqlite_omit_load_extension'],
  'github.com/mutecomm/go-sqlcipher': ['sqlite_omit_load_extension'],
  'gorm.io/driver/sqlite': ['sqlite_omit_load_extension'],
  'github.com/golang-migrate/migrate/v4/database/sqlite3': ['sqlite_omit_load_extension'],
  'github.com/DataDog/zstd': [],
  // has librdkafka built for musl beside the one for glibc (https://github.com/confluentinc/confluent-kafka-go#librdkafka)
  'github.com/confluentinc/confluent-kafka-go': ['musl'],
};

/** Modules that are linked with glibc's libraries, and the Debian packages with what they want beside them. */
export const linked: Readonly<Record<string, readonly string[]>> = {
  // have DuckDB built for glibc, in C++
  'github.com/marcboeker/go-duckdb': [],
  'github.com/duckdb/duckdb-go': [],
  'github.com/google/gopacket/pcap': ['libpcap-dev'],
  'github.com/gopacket/gopacket/pcap': ['libpcap-dev'],
  'github.com/h2non/bimg': ['libvips-dev'],
  'github.com/davidbyttow/govips': ['libvips-dev'],
  'github.com/pebbe/zmq4': ['libzmq3-dev'],
  'github.com/google/gousb': ['libusb-1.0-0-dev'],
};

/** Modules that need more than a library to be linked with: files of it at run time, or a version of their own; and a way out. */
export const needsMore: Readonly<Record<string, string>> = {
  'github.com/otiai10/gosseract': 'Call tesseract as a service',
  'gopkg.in/gographics/imagick.v2': 'Call ImageMagick as a service',
  'gopkg.in/gographics/imagick.v3': 'Call ImageMagick as a service',
  'gocv.io/x/gocv': 'Call OpenCV as a service',
  'github.com/godror/godror': 'github.com/sijms/go-ora is an Oracle driver without C',
  'github.com/linxGnu/grocksdb': 'github.com/cockroachdb/pebble is a store of the same kind without C',
  'github.com/libgit2/git2go': 'github.com/go-git/go-git is Git without C',
};

/** Debian's packages for libraries, by what follows `-l` or `pkg-config:` (https://packages.debian.org/trixie/libdevel/). */
export const debianPackages: Readonly<Record<string, string>> = {
  archive: 'libarchive-dev',
  asound: 'libasound2-dev',
  bz2: 'libbz2-dev',
  cap: 'libcap-dev',
  crypto: 'libssl-dev',
  curl: 'libcurl4-openssl-dev',
  ffi: 'libffi-dev',
  jpeg: 'libjpeg-dev',
  libarchive: 'libarchive-dev',
  libcap: 'libcap-dev',
  libcrypto: 'libssl-dev',
  libcurl: 'libcurl4-openssl-dev',
  libffi: 'libffi-dev',
  libjpeg: 'libjpeg-dev',
  liblzma: 'liblzma-dev',
  libmagic: 'libmagic-dev',
  libpcap: 'libpcap-dev',
  libpcre2: 'libpcre2-dev',
  'libpcre2-8': 'libpcre2-dev',
  libpng: 'libpng-dev',
  libpq: 'libpq-dev',
  librdkafka: 'librdkafka-dev',
  libseccomp: 'libseccomp-dev',
  libsodium: 'libsodium-dev',
  libssl: 'libssl-dev',
  libsystemd: 'libsystemd-dev',
  'libusb-1.0': 'libusb-1.0-0-dev',
  libwebp: 'libwebp-dev',
  'libxml-2.0': 'libxml2-dev',
  libzmq: 'libzmq3-dev',
  libzstd: 'libzstd-dev',
  lz4: 'liblz4-dev',
  lzma: 'liblzma-dev',
  magic: 'libmagic-dev',
  openssl: 'libssl-dev',
  pcap: 'libpcap-dev',
  'pcre2-8': 'libpcre2-dev',
  png: 'libpng-dev',
  pq: 'libpq-dev',
  rdkafka: 'librdkafka-dev',
  seccomp: 'libseccomp-dev',
  snappy: 'libsnappy-dev',
  sodium: 'libsodium-dev',
  sqlite3: 'libsqlite3-dev',
  ssl: 'libssl-dev',
  systemd: 'libsystemd-dev',
  'usb-1.0': 'libusb-1.0-0-dev',
  vips: 'libvips-dev',
  webp: 'libwebp-dev',
  xml2: 'libxml2-dev',
  z: 'zlib1g-dev',
  zlib: 'zlib1g-dev',
  zmq: 'libzmq3-dev',
  zstd: 'libzstd-dev',
};

/** The entry for an import path, of the module itself or of a package in it. */
export const entryFor = <T>(table: Readonly<Record<string, T>>, path: string): T | undefined =>
  Object.entries(table).find(([module]) => path === module || path.startsWith(`${module}/`))?.[1];
