/** Modules that bring their C code along, so that a C compiler is all they need, and the build tags that help. */
export const selfContained: Readonly<Record<string, readonly string[]>> = {
  // without dlopen, which a static program does not have (https://github.com/mattn/go-sqlite3/pull/235)
  'github.com/mattn/go-sqlite3': ['sqlite_omit_load_extension'],
  'gorm.io/driver/sqlite': ['sqlite_omit_load_extension'],
  'github.com/golang-migrate/migrate/v4/database/sqlite3': ['sqlite_omit_load_extension'],
  'github.com/DataDog/zstd': [],
};

/** Modules that link a library of somebody else's, which no static program against musl can have, and a way out. */
export const needsLibrary: Readonly<Record<string, string>> = {
  'github.com/confluentinc/confluent-kafka-go': 'github.com/twmb/franz-go is a Kafka client without C',
  'github.com/marcboeker/go-duckdb': 'Ship it on an image with glibc, written by hand',
  'github.com/duckdb/duckdb-go': 'Ship it on an image with glibc, written by hand',
  'github.com/otiai10/gosseract': 'Call tesseract as a service',
  'gopkg.in/gographics/imagick.v3': 'Call ImageMagick as a service',
  'github.com/h2non/bimg': 'Call libvips as a service',
  'github.com/davidbyttow/govips': 'Call libvips as a service',
  'gocv.io/x/gocv': 'Call OpenCV as a service',
  'github.com/godror/godror': 'github.com/sijms/go-ora is an Oracle driver without C',
  'github.com/pebbe/zmq4': 'github.com/go-zeromq/zmq4 is ZeroMQ without C',
  'github.com/google/gopacket/pcap': 'github.com/google/gopacket/afpacket or pcapgo capture without libpcap',
  'github.com/linxGnu/grocksdb': 'github.com/cockroachdb/pebble is a store of the same kind without C',
  'github.com/libgit2/git2go': 'github.com/go-git/go-git is Git without C',
};

/** The entry for an import path, of the module itself or of a package in it. */
export const entryFor = <T>(table: Readonly<Record<string, T>>, path: string): T | undefined =>
  Object.entries(table).find(([module]) => path === module || path.startsWith(`${module}/`))?.[1];
