import { findNodeAtLocation, type ParseError, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import { parse as parseToml, TomlError } from 'smol-toml';
import { MsbError } from '../errors.ts';
import type { Project } from './project.ts';

/** A value as JSON or TOML has it; read it with {@link at} and {@link textAt}, which expect nothing. */
export type Value = unknown;

const isRecord = (value: Value): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of keys; `undefined` when any of them is missing or the parent is no object. */
export function at(value: Value, ...path: readonly string[]): Value {
  let inner = value;
  for (const key of path) inner = isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  return inner;
}

/** The text at a path of keys; `undefined` for anything that is not text or is blank. */
export function textAt(value: Value, ...path: readonly string[]): string | undefined {
  const inner = at(value, ...path);
  return typeof inner === 'string' && inner.trim() !== '' ? inner.trim() : undefined;
}

/** The keys of an object, in the file's order; none for anything else. */
export const keysOf = (value: Value): readonly string[] => (isRecord(value) ? Object.keys(value) : []);

/** The items of an array; none for anything else. */
export const itemsOf = (value: Value): readonly Value[] => (Array.isArray(value) ? value : []);

/** A parsed JSON file that knows its lines. */
export interface JsonFile {
  readonly file: string;
  readonly value: Value;
  /** The line of the value at this path of keys, from 1. */
  line(...path: readonly string[]): number | undefined;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Reads a JSON file; comments and trailing commas are allowed, as tsconfig.json has them. Throws `broken-file`. */
export function readJson(project: Project, file: string): JsonFile {
  const text = project.mustText(file);
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: true };
  const value = asStrict(text) ?? notTooDeep(file, (): Value => parse(text, errors, options));
  const [first] = errors;
  if (first !== undefined) throw broken('JSON', file, inWords(first), lineAt(text, first.offset));
  if (!isRecord(value)) throw broken('JSON', file, 'it holds no object', 1);
  let tree: ReturnType<typeof parseTree>; // made when a line is asked for: lock files are large
  const line = (...path: readonly string[]): number | undefined => {
    tree ??= parseTree(text, [], options);
    const found = tree && findNodeAtLocation(tree, [...path]);
    return found && lineAt(text, found.offset);
  };
  return { file, value, line };
}

/** The value of plain JSON, which the engine's own parser reads several times faster: lock files are large. */
function asStrict(text: string): Value {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // it may have comments; what is wrong with it is for the other parser to say
  }
}

/** A recursive parser runs out of stack on text that nobody wrote by hand. */
function notTooDeep<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw broken('JSON', file, 'it is nested too deeply', 1);
  }
}

/** `CloseBraceExpected` → `close brace expected`. */
const inWords = ({ error }: ParseError): string =>
  printParseErrorCode(error)
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();

const broken = (format: string, file: string, reason: string, line: number): MsbError =>
  new MsbError('broken-file', `${file} is not valid ${format}: ${reason}`, `Mend line ${line} of ${file}.`, {
    file,
    line,
  });

/** Reads a TOML file. Throws `broken-file`. */
export function readToml(project: Project, file: string): Value {
  const text = project.mustText(file);
  try {
    return parseToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? '';
    throw broken('TOML', file, reason, error.line);
  }
}
