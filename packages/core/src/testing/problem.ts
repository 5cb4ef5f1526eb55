import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
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

/** A file of an ecosystem's template folder. */
export const fileOf = ({ folder }: Ecosystem, ...path: readonly string[]): string => shown(join(folder, ...path));

/** The file that plans an ecosystem's builds: in this repository a package's, out of it the module beside the templates. */
export function codeOf({ folder, manifest: { id } }: Ecosystem, name: 'plan' | 'detect'): string {
  const source = join(folder, '../../packages', id, 'src', `${name}.ts`);
  return shown(existsSync(source) ? source : join(folder, 'index.js'));
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
    file: codeOf(ecosystem, 'detect'),
    message: `It threw ${reason.split('\n')[0]}`,
    mend: 'Throw an MsbError with a hint where a project cannot be served; anything else is a bug.',
  };
}

/** `templates/go/build.hbs:3` */
export const where = ({ file, line }: Problem): string => (line === undefined ? file : `${file}:${line}`);

/** A problem as the kit's report prints it. */
export const problemText = (problem: Problem): string => `${where(problem)}\n  ${problem.message}\n  → ${problem.mend}`;
