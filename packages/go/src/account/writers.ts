import type { PathArguments } from './readers.ts';

/** A call that writes below a path. */
export interface WriteCall {
  readonly of?: RegExp;
  readonly args: PathArguments;
  readonly kind: 'file' | 'folder';
  /** The argument is the address of a database, which may be a file. */
  readonly address?: true;
  /** Writes only with these flags. */
  readonly flags?: RegExp;
}

const file = (of: RegExp | undefined, args: PathArguments): WriteCall => ({ ...(of && { of }), args, kind: 'file' });
const folder = (of: RegExp | undefined, args: PathArguments): WriteCall => ({
  ...(of && { of }),
  args,
  kind: 'folder',
});
const address = (of: RegExp | undefined, args: PathArguments): WriteCall => ({
  ...(of && { of }),
  args,
  kind: 'file',
  address: true,
});

const databases = /^(sqlx?|otelsql|sqlitex|ent|db|database|nrsqlite3|sqlstore|apm\w*|instrumentedsql)$/;

/** Calls that write, by the name that they end with. */
export const writers: Readonly<Record<string, readonly WriteCall[]>> = {
  Create: [file(/^os$/, 0)],
  WriteFile: [file(/^(os|ioutil|afero|renameio|atomic)$/, 'all'), file(/^qrcode$/, 3)],
  OpenFile: [{ ...file(/^os$/, 0), flags: /^O_(CREATE|WRONLY|RDWR|APPEND)$/ }, folder(/^leveldb$/, 0)],
  Rename: [file(/^os$/, 1)],
  Mkdir: [folder(/^os$/, 0)],
  MkdirAll: [folder(/^(os|afero)$/, 'all')],
  MkdirTemp: [folder(/^os$/, 0)],
  CreateTemp: [folder(/^os$/, 0)],
  TempDir: [folder(/^ioutil$/, 0)],
  TempFile: [folder(/^ioutil$/, 0)],
  // databases in files; a driver's name decides whether it is one
  Open: [
    { ...address(/^sqlite\w*$|^sqliteshim$|^libsql$/, 0) },
    file(/^(bolt|bbolt|buntdb|storm|bitcask)$/, 0),
    folder(/^(pebble|pogreb|clover|leveldb|tstorage|lotusdb|rosedb)$/, 0),
    folder(/^bleve$/, 0),
    address(databases, 1),
  ],
  OpenDB: [address(databases, 1)],
  MustOpen: [address(databases, 1)],
  Connect: [address(databases, 1)],
  ConnectContext: [address(databases, 2)],
  MustConnect: [address(databases, 1)],
  NewEngine: [address(/^xorm$/, 1)],
  OpenConn: [address(/^sqlite$/, 0)],
  NewPool: [address(/^sqlitex$/, 0)],
  DefaultOptions: [folder(/^badger$/, 0)],
  WithDir: [folder(/^nutsdb$/, 0)],
  New: [folder(/^(bleve|scribble)$/, 0), file(/^rotatelogs$/, 0), address(/^sqlstore$/, 1)],
  NewUsing: [folder(/^bleve$/, 0)],
  // certificates, sessions, logs, uploads
  DirCache: [folder(/^autocert$/, 0)],
  NewFilesystemStore: [folder(/^sessions$/, 0)],
  SaveUploadedFile: [file(undefined, 1)],
  SaveFile: [file(undefined, 1)],
  SaveAs: [file(undefined, 0)],
  SavePNG: [file(undefined, 0)],
};

/** Fields that name what is written, by the type that has them. */
export const writingFields: readonly {
  readonly type: RegExp;
  readonly field: string;
  readonly kind: 'file' | 'folder';
}[] = [
  { type: /^Logger$/, field: 'Filename', kind: 'file' },
  { type: /^Config$/, field: 'OutputPaths', kind: 'file' },
  { type: /^Config$/, field: 'ErrorOutputPaths', kind: 'file' },
  { type: /^Options$/, field: 'BasePath', kind: 'folder' },
];

/** A driver of a database that is a file. */
export const fileDriver = /sqlite|libsql|duckdb|^ql$|^ql2$/;

/** A text that is the address of such a database by itself. */
export const databaseFile = /^(?:file:|sqlite3?:(?:\/\/)?)?[\w.@/-]+\.(?:db|sqlite3?|db3|bolt|bbolt)(?:\?\S*)?$/;
