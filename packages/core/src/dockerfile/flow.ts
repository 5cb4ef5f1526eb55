import { posix } from 'node:path';
import picomatch from 'picomatch';
import { chainOf, earlierStage } from './graph.ts';
import type { Dockerfile, Instruction, Stage } from './parse.ts';
import { contextPath, contextReads } from './reads.ts';
import { words } from './words.ts';

/** Follows files of the build context through the instructions of a Dockerfile. */
export interface Flow {
  /** Every path at which a stage has a file of the context, if no command moves it; `stage` is the last one by default. */
  placesOf(path: string, stage?: string): readonly string[];
  /** Whether any stage copies the file, or sees it through a mount. */
  reaches(path: string): boolean;
}

/** What is known of the context: whether its ignore file keeps a path out. */
type Ignored = (path: string) => boolean;

/**
 * Where the files of a build context arrive: through COPY and ADD, through other stages, and through the stages that one
 * builds on. Commands of RUN are not looked into: what they make or remove is unknown here.
 */
export function followFiles(dockerfile: Dockerfile, ignored: Ignored): Flow {
  const copies = new Map<Stage, readonly Copy[]>();
  const copiesIn = (stage: Stage): readonly Copy[] => {
    const known = copies.get(stage) ?? copiesOf(dockerfile, stage);
    copies.set(stage, known);
    return known;
  };
  const places = (stage: Stage, path: string): readonly string[] =>
    copiesIn(stage).flatMap((copy) => {
      const from = copy.from === undefined ? [path] : copy.from === 'outside' ? [] : places(copy.from, path);
      return from.flatMap((source) => copy.lands(source) ?? []);
    });
  const mounted = contextReads(dockerfile).map(({ path }) => contextPath(path));
  const covers = (source: string, path: string): boolean =>
    source === '' || source === path || path.startsWith(`${source}/`) || (isGlob(source) && matches(source)(path));
  return {
    placesOf(path, name) {
      const stage = dockerfile.stages.findLast((one) => name === undefined || one.name === name);
      return stage === undefined || ignored(path) ? [] : [...new Set(places(stage, path))];
    },
    reaches: (path) => !ignored(path) && mounted.some((source) => covers(source, path)),
  };
}

/** One source of a COPY: where it comes from, and where it puts a file. */
interface Copy {
  /** The stage that it takes from; `outside` is another image; absent for the build context. */
  readonly from: Stage | 'outside' | undefined;
  /** Where a file lands; `undefined` for one that it does not take. */
  lands(path: string): string | undefined;
}

/** All copies of a stage, those of the stages that it builds on first. */
function copiesOf(dockerfile: Dockerfile, stage: Stage): readonly Copy[] {
  let workdir = '/';
  return [...chainOf(dockerfile, stage)].reverse().flatMap((link) =>
    link.instructions.flatMap((instruction) => {
      if (instruction.keyword === 'WORKDIR') workdir = posix.resolve(workdir, unquoted(instruction.args));
      return instruction.keyword === 'COPY' || instruction.keyword === 'ADD'
        ? copiesBy(dockerfile, link, instruction, workdir)
        : [];
    }),
  );
}

function copiesBy(dockerfile: Dockerfile, stage: Stage, instruction: Instruction, workdir: string): readonly Copy[] {
  const flag = (name: string): readonly string[] =>
    instruction.flags.filter((one) => one.name === name).map(({ value }) => value);
  const [name] = flag('from');
  const from = name === undefined ? undefined : (earlierStage(dockerfile, stage, name) ?? 'outside');
  const all = words(instruction).map(unquoted);
  const written = all.at(-1) ?? '.';
  const dest = posix.resolve(workdir, written);
  const intoFolder = /(^|\/)\.?$/.test(written) || all.length > 2;
  const excluded = flag('exclude').map((pattern) => matches(pattern));
  return all.slice(0, -1).map((source) => {
    const root = from === undefined ? contextPath(source) : posix.resolve('/', source);
    return { from, lands: (path) => landing(path, root, dest, intoFolder, excluded) };
  });
}

function landing(
  path: string,
  source: string,
  dest: string,
  intoFolder: boolean,
  excluded: readonly ((path: string) => boolean)[],
): string | undefined {
  const whole = path === source || (isGlob(source) && matches(source)(path));
  if (whole) return intoFolder ? posix.join(dest, posix.basename(path)) : dest;
  const inside = source === '' || source === '/' ? path.replace(/^\//, '') : rest(path, source);
  if (inside === undefined || excluded.some((matching) => parents(inside).some(matching))) return undefined;
  return posix.join(dest, inside);
}

const rest = (path: string, folder: string): string | undefined =>
  path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;

/** A path and the folders above it: what a pattern may keep out. */
const parents = (path: string): readonly string[] =>
  path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));

const isGlob = (path: string): boolean => /[*?[]/.test(path);

function matches(pattern: string): (path: string) => boolean {
  const matching = picomatch(pattern, { dot: true, nobrace: true, noextglob: true });
  return (path) => matching(path); // its second argument asks for more than yes or no
}

const unquoted = (word: string): string => word.replace(/^(["'])(.*)\1$/, '$2');
