import type { Place } from '@msb/core';
import { type Call, callsIn, type Enclosing, enclosing } from '../code/calls.ts';
import { type Code, lineAt, type Names } from '../code/constants.ts';
import { pathOf, type Scope } from '../code/paths.ts';

/** What a program does with a path. `list` reads a folder, `make` makes one, `unknown` is for a path that is only named. */
export type Use = 'read' | 'list' | 'write' | 'make' | 'unknown';

/** A path that code names, and what for. */
export interface PathUse {
  readonly path: string;
  readonly open: boolean;
  readonly uses: readonly Use[];
  /** Whether the program asks whether it is there, and so can do without. */
  readonly asked: boolean;
  readonly place: Place;
}

/** What makes a path of texts. */
const makers =
  /new\s+(?:java\.io\.)?File|(?:java\.nio\.file\.)?Paths?\.(?:of|get)|File|Path|new\s+FileSystemResource|FileSystemResource/;

/** What takes a path as a text. The number is that of the argument. */
const direct: readonly (readonly [names: RegExp, use: Use, argument?: number])[] = [
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
const around: readonly (readonly [name: RegExp, use: Use, argument?: number])[] = [
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
const chained: readonly (readonly [after: RegExp, use: Use])[] = [
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

const asks = /(^|\.)(exists|notExists|isRegularFile|isReadable|isDirectory)$/;
const asksAfter = /^\s*\.(exists|notExists|isFile|isDirectory|canRead|isRegularFile)\b/;

/** The uses of all paths that code names. */
export const pathUses = (codes: readonly Code[], names: Names): readonly PathUse[] =>
  codes.flatMap((code) => [...directUses(code, names), ...madeUses(code, names), ...spelledUses(code, names)]);

/** Settings of frameworks that name a folder, and defaults of options whose type is a file. */
const spelled: readonly (readonly [pattern: RegExp, use: Use])[] = [
  [/\.add\(\s*("[^"\n]*"|\w+)\s*,\s*(?:\w+\.)*EXTERNAL\b/, 'list'],
  [/\bdirectory\s*=\s*("[^"\n]*"|\w+)(?=[^}]{0,200}\bEXTERNAL\b)/, 'list'],
  [/\bdefaultValue\s*=\s*("[^"\n]*")(?=[^;{}]{0,200}\b(?:File|Path)\b)/, 'unknown'],
];

function spelledUses(code: Code, names: Names): readonly PathUse[] {
  const { file, text } = code;
  return spelled.flatMap(([pattern, use]) =>
    [...text.matchAll(new RegExp(pattern.source, 'g'))].flatMap(({ 1: expression = '', index }) => {
      const found = pathOf(expression, scopeOf(code, names));
      return found ? [{ ...found, uses: [use], asked: false, place: { file, line: lineAt(text, index) } }] : [];
    }),
  );
}

const scopeOf = ({ file, kotlin }: Code, names: Names): Scope => ({ file, kotlin, names });

function directUses(code: Code, names: Names): readonly PathUse[] {
  const { file, text } = code;
  return direct.flatMap(([pattern, use, argument = 0]) =>
    callsIn(text, pattern).flatMap(({ name, args, start }) => {
      // Vert.x's own default
      const arg = args[argument] ?? (/StaticHandler\.create$/.test(name) ? '"webroot"' : undefined);
      // a path that is made there is found as one
      if (arg === undefined || callsIn(arg, makers).length > 0) return [];
      if (/RandomAccessFile$/.test(name) && /"r"/.test(args[1] ?? '')) return [];
      const found = pathOf(arg, scopeOf(code, names));
      return found ? [{ ...found, uses: [use], asked: false, place: { file, line: lineAt(text, start) } }] : [];
    }),
  );
}

function madeUses(code: Code, names: Names): readonly PathUse[] {
  const { file, text } = code;
  const scope = scopeOf(code, names);
  return callsIn(text, makers).flatMap((call) => {
    // a part of a longer path, which is found as a whole
    if (within(text, call.start)) return [];
    const whole = wholeOf(text, call);
    const found = pathOf(whole.text, scope);
    if (found === undefined) return [];
    const { uses, asked } = usesOf(text, call.start, whole.end);
    return [{ ...found, uses, asked, place: { file, line: lineAt(text, call.start) } }];
  });
}

const maker = new RegExp(`^(?:${makers.source})$`);
const within = (text: string, start: number): boolean => maker.test(enclosing(text, start)?.name ?? '');

/** The call, and what is resolved against the path that it makes. */
function wholeOf(text: string, { start, end }: Call): { readonly text: string; readonly end: number } {
  const steps =
    /^(?:\s*\.(?:resolve|toAbsolutePath|normalize|toFile|toPath|getAbsoluteFile|toString|getAbsolutePath|getPath|toURI|toUri)\(("[^"\n]*"|\w*)\)|\s*\.(?:absolutePath|absoluteFile|path)\b)+/;
  const more = steps.exec(text.slice(end + 1, end + 400))?.[0] ?? '';
  return { text: text.slice(start, end + 1) + more, end: end + 1 + more.length };
}

/** What a call does with the argument that a path is. */
const useIn = (call: Enclosing | undefined): Use | undefined =>
  call && around.find(([name, , argument = call.argument]) => name.test(call.name) && argument === call.argument)?.[1];

/** What happens to a path: in the call around it, by a method of its own, or to the variable that it is assigned to. */
function usesOf(text: string, start: number, end: number): Pick<PathUse, 'uses' | 'asked'> {
  const after = text.slice(end, end + 200);
  const call = enclosing(text, start);
  const inside = useIn(call);
  const method = chained.find(([pattern]) => pattern.test(after))?.[1];
  const asked = asks.test(call?.name ?? '') || asksAfter.test(after);
  const variable = /\b(\w+)(?:\s*:\s*[\w?]+)?\s*=\s*(?:Objects\.requireNonNull\()?$/.exec(
    text.slice(Math.max(0, start - 120), start),
  )?.[1];
  const later = variable === undefined ? { uses: [], asked: false } : variableUses(text, variable);
  const uses = [...(inside ? [inside] : []), ...(method ? [method] : []), ...later.uses];
  return { uses: uses.length > 0 ? [...new Set(uses)] : ['unknown'], asked: asked || later.asked };
}

function variableUses(text: string, variable: string): { readonly uses: readonly Use[]; readonly asked: boolean } {
  const uses: Use[] = [];
  let asked = false;
  for (const match of text.matchAll(new RegExp(String.raw`(?<![\w.])(?:this\.)?${variable}\b(?!\s*=[^=])`, 'g'))) {
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 80);
    const call = enclosing(text, match.index);
    const inside = useIn(call);
    const method = chained.find(([pattern]) => pattern.test(after))?.[1];
    uses.push(...(inside ? [inside] : []), ...(method ? [method] : []));
    asked ||= asks.test(call?.name ?? '') || asksAfter.test(after);
  }
  return { uses, asked };
}
