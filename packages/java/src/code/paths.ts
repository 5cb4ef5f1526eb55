import { split } from './calls.ts';
import type { Names } from './constants.ts';

/** A path that an expression names. */
export interface NamedPath {
  /** As it is spelled; what begins with `/` is absolute. */
  readonly path: string;
  /** Whether something follows that only the running program knows: then it is the folder of what is named. */
  readonly open: boolean;
}

/** What expressions are read with. */
export interface Scope {
  readonly file: string;
  readonly names: Names;
  readonly kotlin: boolean;
}

const deepest = 6;

/** The path that an expression stands for, as far as the text tells; `undefined` where it tells nothing. */
export function pathOf(expression: string, scope: Scope, depth = 0): NamedPath | undefined {
  if (depth > deepest) return undefined;
  const parts = split(expression.trim(), '+');
  if (parts.length > 1) return joined(parts.map((part) => pathOf(part, scope, depth + 1)));
  return single(expression.trim().replace(/^\((.*)\)$/s, '$1'), scope, depth);
}

/** Texts in a row, up to the first that is not known. A working folder in front makes what follows relative to it. */
function joined(parts: readonly (NamedPath | undefined)[]): NamedPath | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  let path = '';
  for (const [index, part] of parts.entries()) {
    if (part === undefined) return { path, open: true };
    path += index === 1 && first.path === '' ? part.path.replace(/^\/+/, '') : part.path;
    if (part.open) return { path, open: true };
  }
  return { path, open: false };
}

/** Folders in a row, as `Path.of("a", "b")` has them. */
function folders(args: readonly string[], scope: Scope, depth: number): NamedPath | undefined {
  let path: string | undefined;
  for (const arg of args) {
    const part = pathOf(arg, scope, depth + 1);
    if (part === undefined) return path === undefined ? undefined : { path: `${path}/`, open: true };
    path = path === undefined || path === '' ? part.path : `${path}/${part.path}`;
    if (part.open) return { path, open: true };
  }
  return path === undefined ? undefined : { path, open: false };
}

/** Expressions that stand for a path, and how each is read; the first that fits counts. */
const forms: readonly (readonly [
  form: RegExp,
  read: (match: RegExpExecArray, scope: Scope, depth: number) => NamedPath | undefined,
])[] = [
  [/^"""([\s\S]*)"""$/, ([, text = '']) => ({ path: text.trim(), open: false })],
  [/^"((?:\\.|[^"\\\n])*)"$/, ([, text = ''], scope, depth) => template(text, scope, depth)],
  [/^(?:java\.io\.)?File\.(?:separator|pathSeparator)\w*$/, () => ({ path: '/', open: false })],
  [/^System\.getProperty\(\s*"user\.dir"\s*\)$/, () => ({ path: '', open: false })],
  [/^System\.getProperty\(\s*"user\.home"\s*\)$/, () => ({ path: '~', open: false })],
  [
    /^([\s\S]+)\.(?:resolve|resolveSibling)\(([^()]*(?:\([^()]*\))?)\)$/,
    ([, base = '', name = ''], scope, depth) => folders([base, name], scope, depth),
  ],
  [
    /^([\s\S]+?)\.(?:toAbsolutePath|normalize|toFile|toPath|toString|getAbsolutePath|getPath|toURI|toUri|trim|strip|absolutePath|path|absoluteFile|getAbsoluteFile|getCanonicalPath|getCanonicalFile|canonicalPath|canonicalFile)(?:\(\s*\))?$/,
    ([, base = ''], scope, depth) => pathOf(base, scope, depth + 1),
  ],
  [
    /^(?:new\s+)?(?:java\.(?:io|nio\.file)\.)?(?:File|Paths?\.(?:of|get)|Paths?|FileSystemResource|URI\.create)\s*\(([\s\S]*)\)$/,
    ([, args = ''], scope, depth) => folders(split(args, ','), scope, depth),
  ],
  [
    /^(?:FileSystems\.getDefault\(\)\.getPath)\s*\(([\s\S]*)\)$/,
    ([, args = ''], scope, depth) => folders(split(args, ','), scope, depth),
  ],
  [
    /^String\.join\(\s*[^,]+,\s*(?:new\s+String\s*\[\s*\]\s*\{([\s\S]*)\}|(?:List\.of|Arrays\.asList)\(([\s\S]*)\)|([\s\S]*))\)$/,
    ([, array, list, rest = ''], scope, depth) => folders(split(array ?? list ?? rest, ','), scope, depth),
  ],
  [
    /^String\.format\(\s*"((?:\\.|[^"\\\n])*)"/,
    ([, text = '']) => ({ path: text.replace(/%[\s\S]*$/, ''), open: text.includes('%') }),
  ],
  // the text after `:`, `?:` or `else`, where arguments and the environment say nothing
  [
    /(?:[?:]|\belse\b|\{)\s*"((?:\\.|[^"\\\n])*)"\s*\}?$/,
    ([, text = ''], scope, depth) => template(text, scope, depth),
  ],
  [
    /\b(?:getenv|getProperty|getOrDefault|orElse|getInteger|requireNonNullElse)\b[\s\S]*"((?:\\.|[^"\\\n])*)"\s*\)?$/,
    ([whole, text = '']) => (defaulted(whole) ? { path: text, open: false } : undefined),
  ],
  // a helper of the program's own: `Files2.getPath("x")`
  [
    /^(?:\w+\.)*\w*(?:[pP]ath|[fF]ile|[dD]ir|[fF]older|[dD]irectory)\w*\(\s*((?:"[^"\n]*"|\w+)(?:\s*\+\s*(?:"[^"\n]*"|[\w.]+))*)\s*\)$/,
    ([, argument = ''], scope, depth) => pathOf(argument, scope, depth + 1),
  ],
  [/^(?:\w+\.)*([A-Z][A-Z0-9_]+)\.\w+\(\s*\)$/, ([, name = ''], scope, depth) => named(name, scope, depth)],
  [/^(?:[\w.]+\.)?get([A-Z]\w*)\(\s*\)$/, ([, name = ''], scope, depth) => named(uncapital(name), scope, depth)],
  [/^(?:[\w]+\.)*(\w+)(?:\(\s*\))?(?:!!)?$/, ([, name = ''], scope, depth) => named(name, scope, depth)],
];

const uncapital = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Whether the last text of an expression is what stands in for a missing value, and not the name of a variable. */
const defaulted = (expression: string): boolean =>
  /[,:(]\s*"[^"]*"\s*\)?$|\?:\s*"[^"]*"$/.test(expression) && (expression.match(/"/g)?.length ?? 0) >= 4;

function named(name: string, scope: Scope, depth: number): NamedPath | undefined {
  const expression = scope.names.of(scope.file, name);
  return expression === undefined || expression === name ? undefined : pathOf(expression, scope, depth + 1);
}

function single(expression: string, scope: Scope, depth: number): NamedPath | undefined {
  for (const [form, read] of forms) {
    const match = form.exec(expression);
    const found = match ? read(match, scope, depth) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The text of a string. Kotlin puts values in at `$name` and `${…}`: constants are known, others end what is known. */
function template(text: string, scope: Scope, depth: number): NamedPath {
  const plain = text.replace(/\\\\/g, '/').replace(/\\(["'$])/g, '$1');
  if (!scope.kotlin || !/(?<!\\)\$[\w{]/.test(text)) return { path: plain, open: false };
  const parts = text.split(/(\$\{[^}]*\}|\$\w+)/).filter((part) => part !== '');
  return (
    joined(
      parts.map((part) =>
        part.startsWith('$') ? pathOf(part.replace(/^\$\{?|\}$/g, ''), scope, depth + 1) : { path: part, open: false },
      ),
    ) ?? { path: '', open: true }
  );
}
