import type { RequiredSetting } from './settings.ts';

interface Source {
  readonly file: string;
  readonly text: string;
}

/** A class, with the lines of its body. */
interface ClassBody {
  readonly file: string;
  readonly name: string;
  readonly bases: readonly string[];
  /** From the line behind the head. */
  readonly line: number;
  readonly lines: readonly string[];
}

/**
 * The fields without a default of pydantic's settings, by the variables that they are of
 * (https://docs.pydantic.dev/latest/concepts/pydantic_settings/).
 */
export function settingsClasses(sources: readonly Source[]): readonly RequiredSetting[] {
  const classes = sources
    .filter(({ text }) => /BaseSettings/.test(text) || /class \w+\(/.test(text))
    .flatMap(classesIn);
  const known = new Set(['BaseSettings']);
  // a class may come before the one that it is based on, in another file
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const { name, bases } of classes) if (bases.some((base) => known.has(base))) known.add(name);
  }
  return classes.filter(({ bases }) => bases.some((base) => known.has(base))).flatMap(requiredFields);
}

function classesIn({ file, text }: Source): readonly ClassBody[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index): readonly ClassBody[] => {
    const [, indent = '', name, list] = /^(\s*)class\s+(\w+)\(([^)]*)\)\s*:/.exec(line) ?? [];
    if (name === undefined) return [];
    const end = lines.findIndex(
      (other, at) => at > index && other.trim() !== '' && !/^\s*\)/.test(other) && indentOf(other) <= indent.length,
    );
    const bases = (list ?? '').split(',').map((base) => base.trim().replace(/^.*\.|\[.*$/g, ''));
    return [{ file, name, bases, line: index + 2, lines: lines.slice(index + 1, end < 0 ? lines.length : end) }];
  });
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function requiredFields({ file, lines, line }: ClassBody): readonly RequiredSetting[] {
  const body = lines.join('\n');
  const prefix = /\benv_prefix\s*=\s*["']([^"']*)["']/.exec(body)?.[1] ?? '';
  const first = lines.find((text) => text.trim() !== '');
  const depth = first === undefined ? 0 : indentOf(first);
  let quoted = false;
  return lines.flatMap((text, index): readonly RequiredSetting[] => {
    const docs = text.match(/"""|'''/g)?.length ?? 0;
    const inside = quoted;
    if (docs % 2 === 1) quoted = !quoted;
    const [, field = '', type = '', value] = /^\s*([A-Za-z]\w*)\s*:\s*([^=]+?)\s*(?:=\s*(.*))?$/.exec(text) ?? [];
    if (inside || indentOf(text) !== depth || field === '' || field === 'model_config' || /ClassVar/.test(type))
      return [];
    const call = value === undefined ? '' : callText(lines, index, value);
    if (value !== undefined && !required(call)) return [];
    const [, alias] = /\b(?:validation_alias|alias|env)\s*=\s*(?:AliasChoices\(\s*)?["'](\w+)["']/.exec(call) ?? [];
    const annotated = /\b(?:validation_alias|alias)\s*=\s*["'](\w+)["']/.exec(type)?.[1];
    const name = (alias ?? annotated ?? `${prefix}${field}`).toUpperCase();
    return [{ name, place: { file, line: line + index } }];
  });
}

/** `Field(…)` with all its lines. */
function callText(lines: readonly string[], index: number, value: string): string {
  let text = value;
  for (let next = index + 1; next < lines.length && open(text) > 0; next += 1) text += `\n${lines[next]}`;
  return text;
}

const open = (text: string): number => (text.match(/[([{]/g)?.length ?? 0) - (text.match(/[)\]}]/g)?.length ?? 0);

/** `Field(...)`, or one that says much and no default. */
const required = (value: string): boolean =>
  /^(?:pydantic\.)?Field\(/.test(value) &&
  (/^(?:pydantic\.)?Field\(\s*\.\.\./.test(value) ||
    (!/\bdefault(?:_factory)?\s*=/.test(value) && /^(?:pydantic\.)?Field\(\s*(?:\w+\s*=|\))/.test(value)));
