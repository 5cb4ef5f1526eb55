import { functionAt, leadingChain } from '../code/bindings.ts';
import { callAt, calleeOf } from '../code/calls.ts';
import type { GoSource } from '../code/source.ts';
import { asGlob, unknown, valuesOf } from '../code/values.ts';
import { embeddedIn } from './embedded.ts';
import { isData, isFolder } from './folders.ts';
import { likelyPath, likelyReader, noReader } from './readers.ts';
import { settle } from './settle.ts';
import type { ProgramCode, RunRead } from './types.ts';

/** Files that tools look for in the projects of their users; in a program's own texts they most often mean those. */
const usersOwn =
  /(^|\/)(?:go\.(?:mod|sum|work)|[^/]*\.go|package(?:-lock)?\.json|tsconfig\.json|Makefile|Dockerfile[^/]*|\.git\w*|\.dockerignore)$/;

/**
 * What the other texts of a program name: a file of the project's in a list, a constant, a struct, or a call that nothing
 * is known of. A word alone names a folder only where its surroundings speak of files.
 */
export function likelyReads(program: ProgramCode): readonly RunRead[] {
  const embedded = embeddedIn(program.project, program.packages);
  const found: RunRead[] = [];
  for (const source of program.code.sources) {
    for (const { index, text, open } of textsIn(source)) {
      const place = { file: source.file, line: source.tokens[index]?.line ?? 0 };
      for (const whole of wholeTexts(program, source, index, open, text)) {
        if (embedded(asGlob(whole)) || !speaksOfFiles(source, index, open, /[/.]/.test(whole))) continue;
        found.push(...settle(program, whole, place).filter(({ path }) => ships(program, path, whole)));
      }
    }
  }
  return found;
}

/** Whether what a text names is likely what the program reads. */
const ships = ({ project }: ProgramCode, path: string, text: string): boolean =>
  isFolder(project, path)
    ? isData(project, path) && !/(^|\/)(?:testdata|tests?|node_modules|\.\w+)$/.test(path)
    : !usersOwn.test(path) && /[/.]/.test(text);

/** A text, or the paths that it is a part of: `filepath.Join(folder, "a.txt")`, `fmt.Sprintf("pages/%s.html", name)`. */
function wholeTexts(
  { code }: ProgramCode,
  source: GoSource,
  index: number,
  open: number | undefined,
  text: string,
): readonly string[] {
  const call = open === undefined ? undefined : callAt(source, open);
  if (open === undefined || call === undefined || !/^(?:(?:file)?path\.Join|fmt\.Sprintf)$/.test(calleeOf(call).full)) {
    return /%[^/]/.test(text) ? [] : [text];
  }
  const first = call.args.find(({ from, to }) => source.tokens[from]?.kind === 'text' && to === from + 1);
  if (first?.from !== index) return [];
  const values = valuesOf(code, {
    source,
    from: open - call.chain.length * 2 + 1,
    to: (source.closing.get(open) ?? open) + 1,
  });
  // below a folder that is not known, a file is likely the project's, but a folder any
  return values.filter((value) => !value.startsWith(unknown) || /\.\w+$/.test(value));
}

interface Text {
  readonly index: number;
  readonly text: string;
  /** Index of the bracket that it stands in. */
  readonly open: number | undefined;
}

/** The texts of a source that could be a path. */
function* textsIn(source: GoSource): Generator<Text> {
  const { tokens, closing } = source;
  const open: { readonly at: number; readonly to: number }[] = [];
  for (let index = source.start; index < tokens.length; index += 1) {
    while (open.length > 0 && index > (open.at(-1)?.to ?? 0)) open.pop();
    const to = closing.get(index);
    if (to !== undefined) open.push({ at: index, to });
    const token = tokens[index];
    if (token?.kind !== 'text') continue;
    const text = token.value;
    if (text.length < 2 || text.length > 200 || !/^[\w.@][\w.@+\-/*%{}]*$|^\/(?:app|opt|usr|srv)\//.test(text))
      continue;
    yield { index, text, open: open.at(-1)?.at };
  }
}

/** Whether a text stands where a path may stand; `certain` is one that looks like a path itself. */
function speaksOfFiles(source: GoSource, index: number, open: number | undefined, certain: boolean): boolean {
  const { tokens } = source;
  const before = tokens[index - 1]?.value ?? '';
  const after = tokens[index + 1]?.value ?? '';
  if (/^(?:==|!=|case)$/.test(before) || /^(?:==|!=|:)$/.test(after)) return false;
  const call = open === undefined ? undefined : callAt(source, open);
  if (call) {
    const { name } = calleeOf(call);
    if (noReader.test(name)) return false;
    if (certain || likelyReader.test(name)) return true;
    const [first] = call.args;
    const label = first && first.from !== index ? tokens[first.from] : undefined;
    return label?.kind === 'text' && likelyPath.test(label.value);
  }
  if (certain) return true;
  const assigned =
    before === ':' ? tokens[index - 2]?.value : /^:?=$/.test(before) ? nameBefore(source, index - 1) : undefined;
  return assigned !== undefined && likelyPath.test(assigned);
}

/** The name that is assigned to, in front of `=` or `:=`. */
function nameBefore(source: GoSource, at: number): string | undefined {
  let index = at - 1;
  while (index > 0 && source.tokens[index - 1]?.kind === 'name' && source.tokens[index]?.kind === 'name') index -= 1;
  while (source.tokens[index - 1]?.value === '.') index -= 2;
  const chain = leadingChain(source, index);
  return functionAt(source, at) === undefined && /^(?:var|const)$/.test(chain[0] ?? '')
    ? source.tokens[index + 1]?.value
    : chain.at(-1);
}
