import type { JsonFile, Project, Value } from '@msb/core';

/** Without a prototype, so that no key of a file means anything. */
const emptyMap = (): Record<string, Value> => Object.create(null);

/** A line's key, and what stands after it: `key: value`, or `key value` as Yarn 1 writes it. */
const pairs: readonly RegExp[] = [/^(.+):$()/, /^("[^"]*"|'[^']*'):?\s+(.*)$/, /^(.+?):\s+(.*)$/, /^(\S+)\s+(.*)$/];

const bare = (text: string): string => text.replace(/^(["'])([^"']*)\1$/, '$2');

function pair(text: string): readonly [key: string, value: string] | undefined {
  const found = pairs.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  return found ? [bare(found[1] ?? ''), found[2] ?? ''] : undefined;
}

/** `[a, b]`, `{a: b}` or a word. */
function flow(text: string): Value {
  const [, list, map] = /^(?:\[(.*)\]|\{(.*)\})$/.exec(text) ?? [];
  const parts = (list ?? map ?? '').split(',').map((part) => part.trim());
  const full = parts.filter((part) => part !== '');
  if (list !== undefined) return full.map(bare);
  if (map === undefined) return bare(text);
  const made = emptyMap();
  for (const [key, value] of full.map((part) => pair(part) ?? [part, ''])) made[key] = bare(value);
  return made;
}

/** A map that is being read. */
interface Level {
  /** The indentation of the line that opened it. */
  readonly indent: number;
  readonly path: readonly string[];
  readonly map: Record<string, Value>;
}

/**
 * Reads indented text as package managers write it: the lockfiles of pnpm and Yarn, and their settings. It knows maps,
 * lists of words and words, which is less than YAML (https://yaml.org/spec/1.2.2/); any other line is passed over.
 * Words stay text: `true` is `'true'`. Throws `broken-file` when there is no such file.
 */
export function readIndented(project: Project, file: string): JsonFile {
  const root: Level = { indent: -1, path: [], map: emptyMap() };
  const lines = new Map<string, number>();
  const levels: Level[] = [root];
  let open: { readonly level: Level; readonly key: string } | undefined; // its value is on the lines that follow
  let block = Number.POSITIVE_INFINITY; // the indentation of a key with a text of several lines, which means nothing
  for (const [index, line] of project.mustText(file).split('\n').entries()) {
    const content = line.replace(/(^|\s)#.*$/, '').trim();
    const indent = line.search(/\S/);
    if (content === '' || indent > block) continue;
    block = Number.POSITIVE_INFINITY;
    if (content.startsWith('- ')) {
      if (open) append(open.level.map, open.key, bare(content.slice(2).trim()));
      continue;
    }
    while (levels.length > 1 && indent <= (levels.at(-1)?.indent ?? 0)) levels.pop();
    const level = levels.at(-1) ?? root;
    const [key, value] = pair(content) ?? [];
    if (key === undefined || value === undefined) continue;
    const path = [...level.path, key];
    lines.set(path.join('\n'), index + 1);
    const made = emptyMap();
    level.map[key] = value === '' ? made : flow(value);
    open = value === '' ? { level, key } : undefined;
    if (value === '') levels.push({ indent, path, map: made });
    if (/^[|>][+-]?$/.test(value)) block = indent;
  }
  return { file, value: root.map, line: (...path) => lines.get(path.join('\n')) };
}

function append(map: Record<string, Value>, key: string, item: string): void {
  const before = map[key];
  map[key] = Array.isArray(before) ? [...before, item] : [item];
}
