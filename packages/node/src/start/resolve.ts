import { at, type Choice, join, keysOf, MsbError, type Place, textAt } from '@msb/core';
import { outputFolder } from '../build.ts';
import { dependsOn, looksLikeLibrary, mainOf } from '../package-json.ts';
import type { Attempt, StartContext } from './context.ts';
import { guesses, watched } from './guess.ts';
import { productionScripts } from './names.ts';
import { nothingStarts } from './nothing.ts';
import { isTypeScript, runners } from './runners.ts';
import { tryScript, tryText } from './scripts.ts';
import { entryExists, type Start, startOf, startText } from './start.ts';
import { startTypeScript } from './typescript.ts';

/** How a project starts. */
export interface Resolved {
  readonly start: Start;
  /** Whether it is a guess, which somebody should confirm. */
  readonly guessed: boolean;
  readonly choices: readonly Choice[];
}

/**
 * Finds how the program starts: as `given` says, else by a script, else by `main` or `bin`, else by a guess. `serves`
 * tells whether the sources look like a server. Throws `no-entry-point` for a library, `unsupported` for a script that
 * needs a shell, `bad-option` for a `given` that can't be used.
 */
export function resolveStart(context: StartContext, serves: boolean, given: string | undefined): Resolved {
  if (given !== undefined) return { start: givenStart(context, given), guessed: false, choices: [] };
  const attempts = productionScripts.map((name) => tryScript(context, name));
  const onTheFly = productionScripts.map((name) => tryScript({ ...context, runners: true }, name));
  const starts = [...attempts, ...onTheFly].flatMap((attempt) =>
    attempt && 'start' in attempt ? [attempt.start] : [],
  );
  // What needs no shell ships on distroless, so it comes first.
  const found = starts.find(({ shell }) => shell === undefined) ?? starts[0];
  if (found) return { start: found, guessed: false, choices: [] };
  throwProblem(attempts);
  const main = fromMain(context, serves);
  const declared = declaredStart(context, main && 'start' in main ? main.start : undefined);
  if (declared) return { start: declared, guessed: false, choices: [] };
  const guessed = guesses(context);
  const [start] = guessed;
  if (start === undefined) {
    throwProblem([...onTheFly, ...watched(context), main]);
    throw nothingStarts(context);
  }
  return { start, guessed: true, choices: guessed.map((item) => ({ value: startText(item), about: item.entry })) };
}

/** What has a command is started by it, as its `main` is for programs that import it; unless that is what listens. */
function declaredStart(context: StartContext, main: Start | undefined): Start | undefined {
  const bin = fromBin(context);
  if (main === undefined || bin === undefined) return main ?? bin;
  const files = ['', '.js', '.mjs', '.cjs'].map((ending) => main.entry + ending);
  return context.project.search(files, [/\.listen\(/]) ? main : bin;
}

function throwProblem(attempts: readonly Attempt[]): void {
  for (const attempt of attempts) if (attempt && 'problem' in attempt) throw attempt.problem;
}

function givenStart(context: StartContext, given: string): Start {
  const attempt = tryText({ ...context, runners: true }, given);
  if (attempt && 'start' in attempt) return attempt.start;
  if (attempt) throw attempt.problem;
  throw new MsbError(
    'bad-option',
    `--start ${JSON.stringify(given)} can't be run by node alone in production`,
    'Write it like --start "node server.js"; a program must come from a production dependency.',
  );
}

function fromMain(context: StartContext, serves: boolean): Attempt {
  const { project, manifest, build } = context;
  const main = mainOf(manifest);
  if (main === undefined || (looksLikeLibrary(manifest) && !serves)) return undefined;
  const place = manifest.place('main');
  if (isTypeScript(main)) return fromSource(context, main, place);
  const folder = join(main).split('/')[0] ?? '';
  const built = build !== undefined && main.includes('/') && (outputFolder(project) ?? 'dist') === folder;
  if (!built && !entryExists(project, main)) return undefined;
  return { start: startOf({ flags: [], entry: main, args: [] }, {}, place) };
}

/** `"main": "src/app.ts"` names the program, but not what runs it: that is what a project compiles or starts it with. */
function fromSource(context: StartContext, entry: string, place: Place | undefined): Attempt {
  const runner = runners.find(({ name }) => dependsOn(context.manifest, name));
  const attempt = startTypeScript(context, { runner: runner ?? runners[0], entry, args: [] }, {}, place);
  return runner === undefined && attempt && 'problem' in attempt ? undefined : attempt;
}

/** A program for the command line; of several, the one named like the package. */
function fromBin({ project, manifest, build }: StartContext): Start | undefined {
  const { value } = manifest.json;
  const name = textAt(value, 'name')?.split('/').at(-1) ?? '';
  const names = keysOf(at(value, 'bin'));
  const chosen = names.includes(name) ? name : (names[0] ?? '');
  const file = textAt(value, 'bin') ?? textAt(value, 'bin', chosen);
  if (file === undefined || (build === undefined && !entryExists(project, file))) return undefined;
  const place = names.length > 0 ? manifest.place('bin', chosen) : manifest.place('bin');
  return { ...startOf({ flags: [], entry: file, args: [] }, {}, place), tool: true };
}
