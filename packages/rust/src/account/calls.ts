/** What a call does with the path in one of its arguments. */
export interface PathCall {
  /** The end of its name as the code has it: `File::open`, `read_dir`; `.open` for a method alone. */
  readonly name: RegExp;
  readonly does: 'read' | 'write' | 'folder' | 'database';
  /** The argument, counted from 0; all of them where it is absent. */
  readonly argument?: number;
  /** Reads that end the program, or leave a page empty, where nothing is there. */
  readonly must?: boolean;
}

const read = (name: RegExp, argument = 0, must = true): PathCall => ({ name, does: 'read', argument, must });
const write = (name: RegExp, does: 'write' | 'folder' | 'database' = 'write', argument = 0): PathCall => ({
  name,
  does,
  argument,
});
const anywhere = (name: RegExp, does: 'read' | 'folder', must = true): PathCall => ({ name, does, must });

/**
 * Calls that read or write a path: those of the standard library, of tokio and async-std, which have the same names,
 * and of crates that serve, render, configure, log or keep data. The first that fits counts.
 */
export const pathCalls: readonly PathCall[] = [
  // ---- what is written
  write(/\bfs::write$/),
  write(/\bFile::create(?:_new)?$/),
  write(/\b(?:fs::|^)create_dir(?:_all)?$/, 'folder'),
  write(/(?:^|::)(?:create_dir_all|create_dir)$/, 'folder'),
  write(/\bfs::(?:copy|rename)$/, 'write', 1),
  // csv: Writer::from_path; Rocket: file.persist_to(…); image: picture.save(…)
  write(/\bWriter(?:Builder)?::from_path$/),
  write(/^\.(?:persist_to|copy_to|move_copy_to|into_file|save|save_with_format)$/),
  // tracing-appender: rolling::daily("./logs", "app.log"), RollingFileAppender::new(Rotation::DAILY, "logs", "app")
  write(/\brolling::(?:daily|hourly|minutely|weekly|never)$/, 'folder'),
  write(/\bRollingFileAppender::new$/, 'folder', 1),
  // flexi_logger: FileSpec::default().directory("logs")
  write(/^\.directory$/, 'folder'),
  // embedded databases that are a folder: sled, RocksDB, fjall, SurrealKV, tantivy, heed, kv
  write(/\bsled::open$/, 'folder'),
  anywhere(/\bDB::open(?:_default|_cf|_for_read_only)?$/, 'folder'),
  anywhere(/\b(?:OptimisticTransactionDB|TransactionDB|Keyspace|TxKeyspace)::open\w*$/, 'folder'),
  write(/\bMmapDirectory::open$/, 'folder'),
  write(/\bIndex::(?:create_in_dir|open_in_dir)$/, 'folder'),
  write(/\b(?:fjall|kv|sled)::(?:Config|Database)::(?:new|builder)$/, 'folder'),
  // … and those that are a file: SQLite by rusqlite, r2d2, diesel, sqlx and libsql, redb, PoloDB, PickleDB
  write(/\bConnection::open(?:_with_flags\w*)?$/, 'database'),
  write(/\bSqliteConnectionManager::file$/, 'database'),
  write(/\bSqliteConnection::establish$/, 'database'),
  write(/^\.filename$/, 'database'),
  write(/\bBuilder::new_local$/, 'database'),
  write(/\bDatabase::(?:create|open|open_file|open_path)$/, 'database'),
  write(/\bPickleDb::(?:new|load|new_json|new_bin)$/, 'database'),
  // ---- what is read
  read(/(?:^|::)read_to_string$/),
  read(/(?:^|::)read_dir$/),
  read(/\bfs::read$/),
  read(/\bFile::open$/),
  read(/\bfs::copy$/),
  // axum and tower-http, Rocket, Salvo, Poem, actix-web, warp, Tide
  read(
    /\b(?:ServeDir|ServeFile|FileServer|StaticDir|StaticFile|StaticFilesEndpoint|StaticFileEndpoint)::(?:new|from)$/,
  ),
  read(/\bFiles::new$/, 1),
  read(/\bNamedFile::open(?:_async)?$/),
  read(/\bfs::(?:dir|file)$/),
  read(/^\.serve_(?:dir|file)$/),
  // templates: Tera, MiniJinja, Handlebars
  read(/\bTera::(?:new|parse)$/),
  read(/(?:^|::)path_loader$/),
  read(/\bSource::from_path$/),
  anywhere(/^\.register_templates?_(?:directory|file)$/, 'read'),
  anywhere(/^\.register_partial_file$/, 'read'),
  // migrations that run at the start: sqlx's Migrator::new(Path::new("./migrations"))
  read(/\bMigrator::new$/),
  read(/\bFileBasedMigrations::from_path$/),
  // settings: config's File::with_name, Figment's Toml::file, log4rs, certificates of axum-server
  read(/\bFile::with_name$/),
  read(/\b(?:Toml|Json|Yaml|Ron)::file(?:_exact)?$/, 0, false),
  read(/\blog4rs::init_file$|(?:^|::)init_file$/),
  anywhere(/\bRustlsConfig::from_pem_file$/, 'read'),
  anywhere(/^\.from_pem_file$/, 'read'),
  // whatever else is given a path by its name
  read(/\bReader(?:Builder)?::from_path$/),
  read(/\bWalkDir::new$|\bWalk(?:Builder)?::new$/, 0, false),
  read(/(?:^|::)glob(?:_with)?$/, 0, false),
  read(
    /(?:^|::|\.)(?:from_(?:path|file|filename|yaml_file|json_file|toml_file)|load_from_file|load_file|from_path_and_rules)$/,
    0,
    false,
  ),
  read(/\bimage::open$|\bImageReader::open$/),
];

/** Names of calls, variables and fields that hold paths: enough to take a word for a folder that is there. */
export const holdsPaths =
  /(?:^|_|::|\.)(?:dirs?|directory|directories|paths?|folders?|files?|roots?|glob|assets?|templates?|static|public|load|read|open)(?:_|::|$)/i;

/** Macros and methods whose texts are for people. */
export const speaks =
  /(?:^|::)(?:println|eprintln|print|eprint|info|warn|error|debug|trace|panic|bail|anyhow|ensure|todo|unimplemented|unreachable|assert(?:_eq|_ne)?|log|span|info_span)!$|^\.(?:expect|context|with_context|about|help|route|nest|nest_service|mount|header|get|post|put|delete|name|arg|args|label|title|contains|starts_with|ends_with|eq|insert|render|get_template)$/;

/** Macros that read while the program is compiled. */
export const compiles =
  /(?:^|::)(?:include(?:_str|_bytes|_dir|_sql|_proto|_flate|_cstr)?|include_\w+|migrate|embed_migrations|i18n|static_loader|fluent_\w+|query(?:_file)?(?:_as|_scalar)?(?:_unchecked)?|query_file\w*|generate|wit_bindgen|bindgen|load_assets|load_toml|include_asset|rust_embed|concat|env|option_env|cfg|stringify|json|sql|html|css|rsx|view)!$/;
