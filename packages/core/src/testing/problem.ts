import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Ecosystem } from '../ecosystem.ts';
import { MsbError } from '../errors.ts';

/** Something that an ecosystem does not do as it should: which file to edit, and how. */
export interface Problem {
  /** As an editor would open it from here. */
  readonly file: string;
  readonly line?: number;
  readonly message: string;
  /** What to do about it. */
  readonly mend: string;
}

/** A path as it is read best: relative to where the kit runs, when it is below. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near.split(sep).join('/');
}

/** A problem with its path as it is read best. */
export const here = (problem: Problem): Problem => ({ ...problem, file: shown(problem.file) });

/** A file of an ecosystem's template folder. */
export const fileOf = ({ folder }: Ecosystem, ...path: readonly string[]): string => shown(join(folder, ...path));

/** Whether an ecosystem is one of this repository, with a package of its own, rather than somebody's own folder. */
export const isOfRepository = (folder: string): boolean =>
  existsSync(join(folder, '../../packages', basename(folder), 'src'));

/** The file that plans an ecosystem's builds: in this repository a package's, out of it the module beside the templates. */
export function codeOf({ folder, manifest: { id } }: Ecosystem, name: 'plan' | 'detect'): string {
  if (!isOfRepository(folder))
    return shown(join(folder, existsSync(join(folder, 'index.mjs')) ? 'index.mjs' : 'index.js'));
  const source = join(folder, '../../packages', id, 'src');
  return shown([`${name}.ts`, 'index.ts'].map((file) => join(source, file)).find((path) => existsSync(path)) ?? source);
}

/** The line of the ecosystem's own code that an error comes from; its first file where the stack does not tell. */
function thrownAt(error: unknown, ecosystem: Ecosystem): Pick<Problem, 'file' | 'line'> {
  const file = codeOf(ecosystem, 'detect');
  const code = dirname(resolve(file));
  const frames =
    error instanceof Error ? [...(error.stack ?? '').matchAll(/(?:file:\/\/)?(\/[^():]+):(\d+):\d+/g)] : [];
  const [, path, line] = frames.find(([, path = '']) => path.startsWith(code + sep)) ?? [];
  return path === undefined ? { file } : { file: shown(path), line: Number(line) };
}

/** What was thrown, as a problem: an `MsbError` knows the place and the mend, anything else is a bug of the code. */
export function thrown(error: unknown, ecosystem: Ecosystem): Problem {
  if (error instanceof MsbError) {
    const { message, hint, place, code } = error;
    const mine = code === 'broken-template' && place !== undefined && isAbsolute(place.file);
    const file = mine ? shown(place.file) : codeOf(ecosystem, 'detect');
    const where = place && !mine ? ` (${place.file}${place.line === undefined ? '' : `:${place.line}`})` : '';
    return { file, ...(mine && place.line && { line: place.line }), message: `${message}${where}`, mend: hint };
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    ...thrownAt(error, ecosystem),
    message: `It threw ${reason.split('\n')[0]}`,
    mend: 'Throw an MsbError with a hint where a project cannot be served; anything else is a bug.',
  };
}

/** `templates/go/build.hbs:3` */
export const where = ({ file, line }: Problem): string => (line === undefined ? file : `${file}:${line}`);

/** A problem as the kit's report prints it. */
export const problemText = (problem: Problem): string => `${where(problem)}\n  ${problem.message}\n  → ${problem.mend}`;

/** Fails a test with what is to be mended, and without a stack: it would lead into the kit. */
export function expectNone(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const error = new Error(problems.map(problemText).join('\n'));
  error.stack = '';
  throw error;
}
