import { at, type Choice, join, keysOf, MsbError, type Place, textAt } from '@msb/core';
import { outputFolder } from '../build.ts';
import { dependsOn, looksLikeLibrary, mainOf, type PackageJson } from '../package-json.ts';
import { integratedNx } from '../workspaces/nx.ts';
import type { Attempt, StartContext } from './context.ts';
import { developmentScripts, productionScripts } from './names.ts';
import { isTypeScript, runners } from './runners.ts';
import { tryScript, tryText } from './scripts.ts';
import { entryExists, type Start, startOf, startText } from './start.ts';
import { startTypeScript } from './typescript.ts';
import { shellSteps } from './words.ts';

/** How a project starts. */
export interface Resolved {
  readonly start: Start;
  /** Whether it is a guess, which somebody should confirm. */
  readonly guessed: boolean;
  readonly choices: readonly Choice[];
}

/** Packages that make files for browsers; what lies in `src` is no program for node then. */
const bundlers = ['vite', 'react-scripts', '@angular/core', 'parcel', 'astro', '@vue/cli-service', 'gatsby'];

/** Files that programs begin with, by convention. */
const usual = ['server', 'index', 'app', 'main'].flatMap((name) =>
  ['', 'src/'].flatMap((folder) => ['.js', '.mjs', '.cjs'].map((extension) => `${folder}${name}${extension}`)),
);

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
  const declared = main && 'start' in main ? main.start : fromBin(context);
  if (declared) return { start: declared, guessed: false, choices: [] };
  const guessed = guesses(context);
  const [start] = guessed;
  if (start === undefined) {
    throwProblem([...onTheFly, ...watched(context), main]);
    throw nothing(context);
  }
  return { start, guessed: true, choices: guessed.map((item) => ({ value: startText(item), about: item.entry })) };
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

/** What scripts for developers run, without the watching. */
const watched = (context: StartContext): readonly Attempt[] =>
  developmentScripts.map((name) => tryScript({ ...context, runners: true }, name));

function guesses(context: StartContext): readonly Start[] {
  const { project, manifest } = context;
  if (looksLikeLibrary(manifest) || bundlerOf(manifest) !== undefined) return [];
  const steps = developmentScripts.flatMap(
    (name) => shellSteps(manifest.scripts.get(name)?.text ?? '').steps.at(-1) ?? [],
  );
  const files = [...steps.filter((word) => /\.[cm]?js$/.test(word)), ...usual].map((file) => join(file));
  const found = [...new Set(files)].filter((file) => project.has(file));
  const starts = found.map((entry) => startOf({ flags: [], entry, args: [] }, {}, { file: entry }));
  const tried = watched(context).flatMap((attempt) => (attempt && 'start' in attempt ? [attempt.start] : []));
  const bun = fromModule(context);
  const all = [...tried, ...(bun ? [bun] : []), ...starts];
  return all.filter((start, index) => all.findIndex((other) => startText(other) === startText(start)) === index);
}

/** `"module": "index.ts"`, as `bun init` writes it (https://bun.com/docs/runtime/templating/init). */
function fromModule({ project, manifest }: StartContext): Start | undefined {
  const entry = textAt(manifest.json.value, 'module');
  const ofBun = project.has('bun.lock') || project.has('bun.lockb') || dependsOn(manifest, '@types/bun');
  if (entry === undefined || !ofBun || !project.has(join(entry))) return undefined;
  return { ...startOf({ flags: [], entry, args: [] }, {}, manifest.place('module')), program: 'bun' };
}

const bundlerOf = (manifest: PackageJson): string | undefined => bundlers.find((name) => dependsOn(manifest, name));

function nothing({ project, manifest }: StartContext): MsbError {
  const nx = integratedNx(project.root);
  if (nx !== undefined) return nx;
  const start = manifest.scripts.get('start');
  const bundler = bundlerOf(manifest);
  if (bundler !== undefined) {
    return new MsbError(
      'no-entry-point',
      `It is made with ${bundler}, but neither is it a site whose pages are found, nor does a script start a server`,
      'Name the program: --start "node server.js"; or the script that builds the site: --build <script>.',
      start?.place ?? { file: 'package.json' },
    );
  }
  const message = start
    ? `The script "start" is for developers (${start.text.slice(0, 60)}), and nothing else says how the program starts`
    : 'Nothing says how the program starts: package.json has no script "start", and it looks like a library';
  return new MsbError(
    'no-entry-point',
    message,
    'Add a script start:prod such as "node dist/server.js", or give it with --start "node dist/server.js".',
    start?.place ?? { file: 'package.json' },
  );
}
