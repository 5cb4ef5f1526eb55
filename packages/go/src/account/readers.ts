/** Which arguments of a call are paths. */
export type PathArguments = number | readonly number[] | 'all';

/** A call that reads files by their paths. */
export interface PathCall {
  /** What stands in front of the name; any value or package where it is absent. */
  readonly of?: RegExp;
  readonly args: PathArguments;
  /** Reads only what is there: a missing path is no reason for a word. */
  readonly optional?: true;
}

const files: PathCall = { of: /^(os|ioutil|afero|fileutil)$/, args: 'all' };
const engines = /^(html|pug|mustache|handlebars|django|jet|amber|ace|slim|static)$/;

/** Calls that read, by the name that they end with. */
export const readers: Readonly<Record<string, readonly PathCall[]>> = {
  // the standard library
  ReadFile: [files],
  ReadDir: [files],
  Open: [
    { of: /^os$/, args: 0 },
    { of: /^(geoip2|maxminddb|plugin|imaging|mmap)$/, args: 0 },
  ],
  OpenRoot: [{ of: /^os$/, args: 0 }],
  DirFS: [{ of: /^os$/, args: 0 }],
  Chdir: [{ of: /^os$/, args: 0 }],
  Stat: [{ of: /^os$/, args: 0, optional: true }],
  Lstat: [{ of: /^os$/, args: 0, optional: true }],
  Glob: [{ of: /^(filepath|doublestar|zglob)$/, args: 0 }],
  FilepathGlob: [{ args: 0 }],
  Walk: [{ of: /^filepath$/, args: 0 }],
  WalkDir: [{ of: /^filepath$/, args: 0 }],
  Dir: [{ of: /^(http|iris)$/, args: 0 }],
  ServeFile: [{ of: /^(http|fasthttp)$/, args: 'all' }],
  ParseFiles: [{ args: 'all' }],
  ParseGlob: [{ args: 0 }],
  ReadBuildInfo: [],
  LoadX509KeyPair: [{ of: /^tls$/, args: [0, 1] }],
  ListenAndServeTLS: [{ args: 'all' }],
  // gin, echo, fiber, iris, beego, hertz
  LoadHTMLGlob: [{ args: 0 }],
  LoadHTMLFiles: [{ args: 'all' }],
  Static: [{ args: [0, 1] }],
  StaticFile: [{ args: 1 }],
  File: [{ args: 'all', optional: true }],
  FileAttachment: [{ args: 0 }],
  Attachment: [{ args: 0, optional: true }],
  SendFile: [{ args: 0 }],
  Download: [{ args: 0, optional: true }],
  LocalFile: [{ args: 0 }],
  HandleDir: [{ args: 1 }],
  SetStaticPath: [{ args: 1 }],
  SetViewsPath: [{ args: 0 }],
  RunTLS: [{ args: 'all' }],
  StartTLS: [{ args: 'all' }],
  ListenTLS: [{ args: 'all' }],
  HTML: [{ of: /^iris$/, args: 0 }],
  New: [
    { of: engines, args: 0 },
    { of: /^migrate$/, args: 0 },
    { of: /^(packr|configor)$/, args: 'all', optional: true },
  ],
  // templates
  FromFile: [{ args: 0 }],
  FromCache: [{ args: 0 }],
  RenderFile: [{ args: 0 }],
  NewLocalFileSystemLoader: [{ args: 0 }],
  MustNewLocalFileSystemLoader: [{ args: 0 }],
  NewOSFileSystemLoader: [{ args: 0 }],
  // migrations
  NewWithDatabaseInstance: [{ args: 0 }],
  // settings and texts
  LoadMessageFile: [{ args: 0 }],
  MustLoadMessageFile: [{ args: 0 }],
  SetConfigFile: [{ args: 0 }],
  Provider: [{ of: /^file$/, args: 0 }],
  ReadConfig: [{ of: /^cleanenv$/, args: 0 }],
  DecodeFile: [{ args: 0 }],
  LoadFromFile: [{ args: 0 }],
  LoadFile: [{ args: 0 }],
  ReadFileInto: [{ args: 1 }],
  // others
  LoadFontFace: [{ args: 0 }],
  AddTTFFont: [{ args: 1 }],
  AddUTF8Font: [{ args: 2 }],
  NewEnforcer: [{ of: /^casbin$/, args: 'all', optional: true }],
  NewSyncedEnforcer: [{ of: /^casbin$/, args: 'all', optional: true }],
  OpenFile: [
    { of: /^excelize$/, args: 0 },
    { of: /^os$/, args: 0, optional: true },
  ],
  NewServerTLSFromFile: [{ args: [0, 1] }],
  NewClientTLSFromFile: [{ args: 0 }],
  DoFile: [{ args: 0 }],
};

/** Names of functions whose text may well be a path, although nothing is known of them. */
export const likelyReader =
  /load|read|open|parse|walk|dir|folder|static|template|view|serve|file|render|migrat|locale|i18n|translat|asset|glob|seed|content|goose/i;

/** Names of variables, fields, flags and settings that hold a path. */
export const likelyPath =
  /(?:dir|directory|folder|path|root|location|files?|templates?|statics?|assets?|views|public|migrations?|locales?|prompts?|sources?)$/i;

/** Functions whose texts are words for people, names or patterns, and no paths. */
export const noReader =
  /^(?:(?:[Ff]?[Pp]rint|Fatal|Error|Info|Debug|Warn|Trace|Panic|Log|Msg|Skip|Append)(?:f|ln|w|Context)?|Errorf|Wrapf?|WithMessage|With|Str|Any|Field|HandleFunc|Handle|GET|Get|POST|Post|PUT|Put|DELETE|Delete|PATCH|Patch|Group|Route|Redirect|HasPrefix|HasSuffix|Contains|EqualFold|TrimPrefix|TrimSuffix|Split|ReplaceAll?|MatchString|MustCompile|Compile|Set|Add|Header|Getenv|LookupEnv|Setenv|Lookup|ExecuteTemplate|Name|ParseFS|Sub|FS|FindBox|Index|Equal|NewRequest|Query|FormValue|Param|Use|AddConfigPath|SetConfigName)$/;
