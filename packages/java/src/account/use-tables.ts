/** What a program does with a path. `list` reads a folder, `make` makes one, `unknown` is for a path that is only named. */
export type Use = 'read' | 'list' | 'write' | 'make' | 'unknown';

/** What makes a path of texts. */
export const makers =
  /new\s+(?:java\.io\.)?File|(?:java\.nio\.file\.)?Paths?\.(?:of|get)|File|Path|new\s+FileSystemResource|FileSystemResource/;

/** What takes a path as a text. The number is that of the argument. */
export const direct: readonly (readonly [names: RegExp, use: Use, argument?: number])[] = [
  [/new\s+(?:java\.io\.)?(?:FileInputStream|FileReader)|FileInputStream|FileReader/, 'read'],
  [/new\s+(?:java\.io\.)?(?:FileOutputStream|FileWriter)|FileOutputStream|FileWriter|new\s+FileHandler/, 'write'],
  [/new\s+(?:java\.io\.)?(?:PrintWriter|PrintStream)/, 'write'],
  [/ResourceUtils\.getFile/, 'read'],
  [/Files\.(?:readString|readAllLines|readAllBytes|lines|newBufferedReader|newInputStream|copy|move)/, 'read'],
  [/Files\.(?:list|walk|walkFileTree|newDirectoryStream|find)/, 'list'],
  [/Files\.(?:write|writeString|newBufferedWriter|newOutputStream|createFile)/, 'write'],
  [/Files\.(?:copy|move)/, 'write', 1],
  [/Files\.create(?:Directory|Directories)/, 'make'],
  // static files and templates outside of the jar
  [/(?:[\w.()]+\.)?externalLocation|externalStaticFileLocation/, 'list'],
  [/StaticHandler\.create/, 'list'],
  [/(?:\w+\.)*setWebRoot/, 'list'],
  [/(?:\w+\.)*(?:setResourceBase|setBaseResource(?:AsString|AsPath)?|setWar)/, 'list'],
  [/ResourceLoader\.Directory/, 'list'],
  [/new\s+(?:FileSystem|File)Handlebars\w*|new\s+FileTemplateLoader/, 'list'],
  [/(?:\w+\.)*addWebapp/, 'list', 1],
  // stores that a library opens by a folder's or a file's name
  [/DBMaker\.fileDB/, 'write'],
  [/(?:\w+\.)*RocksDB\.open/, 'make', 1],
  [/new\s+RandomAccessFile/, 'write'],
  [/FileSystems\.newFileSystem/, 'write'],
  [/(?:\w+\.)*fileStore/, 'write'],
];

/** What a call does with a path among its arguments; the first that fits counts. */
export const around: readonly (readonly [name: RegExp, use: Use, argument?: number])[] = [
  [/(^|\.)(copy|copyTo|move|copyFile|copyDirectory)$/, 'write', 1],
  [/(^|\.)(copy|move|copyFile|copyDirectory)$/, 'read', 0],
  [/(^|\.)(createDirector(y|ies)|createTempDirectory)$/, 'make'],
  [
    /(^|\.)(write|writeString|newBufferedWriter|newOutputStream|createFile|delete|deleteIfExists|setPosixFilePermissions)$/,
    'write',
  ],
  [/^new\s+\w*(FileOutputStream|FileWriter|PrintWriter|PrintStream|RandomAccessFile|FileHandler)$/, 'write'],
  [/(^|\.)(FileOutputStream|FileWriter|PrintWriter)$/, 'write'],
  [/^FSDirectory\.open$|(^|\.)MMapDirectory$/, 'make'],
  [/(^|\.)(transferTo|writeValue|store|storeToXML)$/, 'write'],
  [/^ImageIO\.write$/, 'write'],
  [/^(Files\.)?(list|walk|walkFileTree|find|newDirectoryStream)$/, 'list'],
  [/^(Files\.)?(readString|readAllLines|readAllBytes|lines|newBufferedReader|newInputStream|size|mismatch)$/, 'read'],
  [/^new\s+\w*(FileInputStream|FileReader|Scanner|ZipFile|JarFile|FileSystemResource|BufferedReader)$/, 'read'],
  [/(^|\.)(FileInputStream|FileReader|Scanner|FileSystemResource)$/, 'read'],
  [/(^|\.)(readValue|readTree|readLines|readFileToString|loadConfig|parseFile|parse|load)$/, 'read'],
  [/^ImageIO\.read$|^Font\.createFont$/, 'read'],
  [
    /(^|\.)(setDirectoryForTemplateLoading|addResourceLocations|staticFiles|files|PathResourceManager|FileResourceManager|DirectoryCodeResolver)$/,
    'list',
  ],
];

/** What a method that is called on a path does with it. */
export const chained: readonly (readonly [after: RegExp, use: Use])[] = [
  [/^\s*\.(mkdirs?|createDirectories|createDirectory)\b/, 'make'],
  [
    /^\s*\.(writeText|writeBytes|appendText|appendBytes|writeLines|createNewFile|createFile|outputStream|writer|bufferedWriter|printWriter|delete|deleteRecursively|writeString|deleteIfExists)\b/,
    'write',
  ],
  [
    /^\s*\.(listFiles|list|walk|walkTopDown|walkBottomUp|listDirectoryEntries|useDirectoryEntries|forEachDirectoryEntry)\b/,
    'list',
  ],
  [/^\s*\.(readText|readBytes|readLines|forEachLine|useLines|inputStream|reader|bufferedReader)\b/, 'read'],
];

export const asks = /(^|\.)(exists|notExists|isRegularFile|isReadable|isDirectory)$/;
export const asksAfter = /^\s*\.(exists|notExists|isFile|isDirectory|canRead|isRegularFile)\b/;

/** Settings of frameworks that name a folder, and defaults of options whose type is a file. */
export const spelled: readonly (readonly [pattern: RegExp, use: Use])[] = [
  [/\.add\(\s*("[^"\n]*"|\w+)\s*,\s*(?:\w+\.)*EXTERNAL\b/, 'list'],
  [/\bdirectory\s*=\s*("[^"\n]*"|\w+)(?=[^}]{0,200}\bEXTERNAL\b)/, 'list'],
  [/\bdefaultValue\s*=\s*("[^"\n]*")(?=[^;{}]{0,200}\b(?:File|Path)\b)/, 'unknown'],
];
