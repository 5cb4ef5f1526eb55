import type { Mention } from './mentions.ts';

/** What a call does to a path that it takes. */
interface WriteRow {
  /** The call; its last name is enough. */
  readonly callee: RegExp;
  readonly kind: 'file' | 'folder';
  /** Which argument it is, where it isn't the first; or its keyword. */
  readonly index?: number;
  readonly keyword?: RegExp;
  /** What is added to the name. */
  readonly suffix?: string;
}

const rows: readonly WriteRow[] = [
  { callee: /^(?:os\.)?(?:makedirs|mkdir)$/, kind: 'folder' },
  { callee: /^(?:sqlite3|aiosqlite|duckdb|apsw)\.(?:connect|Connection)$/, kind: 'file' },
  { callee: /^(?:Apsw|Pooled)?Sqlite(?:Ext|Queue)?Database$/, kind: 'file' },
  { callee: /(?:^|\.)(?:TinyDB|SqliteDict|shelve\.open|dbm\.open)$/, kind: 'file' },
  // FastHTML's database: https://fastht.ml/docs/api/fastapp.html
  { callee: /^(?:fast_app|database)$/, kind: 'file', keyword: /^(?:db_file|path)?$/ },
  { callee: /(?:^|\.)(?:\w*FileHandler|logger\.add)$/, kind: 'file' },
  { callee: /(?:^|\.)basicConfig$/, kind: 'file', keyword: /^filename$/ },
  {
    callee: /(?:^|\.)(?:PersistentClient|lmdb\.open|diskcache\.\w*Cache|FileSystemCache|FileSystemStorage)$/,
    kind: 'folder',
  },
  { callee: /(?:^|\.)(?:to_csv|to_json|to_parquet|to_excel|to_pickle|savefig|imwrite)$/, kind: 'file' },
  { callee: /(?:^|\.)(?:PicklePersistence|SqliteSaver\.from_conn_string)$/, kind: 'file' },
  { callee: /(?:^|\.)shutil\.(?:copy\w*|move)$/, kind: 'file', index: 1 },
  // https://docs.telethon.dev/en/stable/concepts/sessions.html
  { callee: /(?:^|\.)TelegramClient$/, kind: 'file', suffix: '.session' },
];

/** Methods of a path that write. */
const methods: Readonly<Record<string, 'file' | 'folder'>> = {
  write_text: 'file',
  write_bytes: 'file',
  touch: 'file',
  mkdir: 'folder',
};

/** Settings that name where something is written. */
const folderSettings =
  /(?:^|_)(?:MEDIA_ROOT|UPLOADS?(?:_FOLDER|_DIR|_PATH|_ROOT)?|UPLOADED_\w+_DEST|SESSION_FILE_DIR|CACHE_DIR|LOGS?_(?:DIR|FOLDER|PATH)|DOWNLOADS?_(?:DIR|FOLDER|PATH)|OUTPUT_(?:DIR|FOLDER|PATH)|EMAIL_FILE_PATH|WHOOSH_BASE|FILE_UPLOAD_TEMP_DIR)$/i;

/** A file, and neither an ending alone nor a module: `django.db.backends.sqlite3`. */
const database = /^(?!\w+(?:\.\w+){2,}$)(?:.*\/)?[^/.][^/]*\.(?:db|db3|sqlite|sqlite3|duckdb)$/;

/** What is written at a path; `undefined` where nothing is. */
export function writtenAt(mention: Mention): { readonly path: string; readonly kind: 'file' | 'folder' } | undefined {
  const { path, callee, keyword, method, mode, scheme, partial } = mention;
  // a text of some kind, and no path
  if (/[\n<>|]|^\s|\s$/.test(path)) return undefined;
  if (path === '' || path === ':memory:' || path.endsWith('/:memory:')) return undefined;
  // the name of what is written can't be told, but its folder can
  const as = (kind: 'file' | 'folder') => ({ path, kind: partial ? 'folder' : kind });
  if (scheme !== '') return /^(?:sqlite|duckdb)/.test(scheme) && /\w/.test(path) ? as('file') : undefined;
  const byMethod = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (byMethod !== undefined) return as(byMethod);
  if (/[wax+]/.test(mode)) return as('file');
  if (folderSettings.test(keyword)) return as(/\.\w{1,8}$/.test(path) ? 'file' : 'folder');
  const row = rows.find(
    (item) =>
      item.callee.test(callee) &&
      (item.keyword ? item.keyword.test(keyword) : true) &&
      (keyword !== '' || mention.index === (item.index ?? 0)),
  );
  if (row !== undefined && /\w/.test(path)) return { ...as(row.kind), path: `${path}${row.suffix ?? ''}` };
  if (database.test(path) && !mention.partial) return as('file');
  return /^filename$/i.test(keyword) && /\.log$/.test(path) ? as('file') : undefined;
}
