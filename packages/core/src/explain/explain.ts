import { chainOf, earlierStage, takenBy } from '../dockerfile/graph.ts';
import type { Dockerfile, Instruction, Stage } from '../dockerfile/parse.ts';
import { contextPath, instructionReads } from '../dockerfile/reads.ts';
import { mountFields } from '../dockerfile/words.ts';
import type { Fact } from '../ecosystem.ts';
import { factsBehind } from './facts.ts';
import { why } from './why.ts';

/** One instruction, and why it is there. */
export interface StepNote {
  readonly line: number;
  /** As the file has it, on one line. */
  readonly text: string;
  readonly why: string;
  /** What was found in the project that this line says. */
  readonly facts: readonly Fact[];
  /** Paths of the build context that it reads; `.` is all of it. */
  readonly reads: readonly string[];
}

/** A stage, what it builds on, and what makes it build anew. */
export interface StageNote {
  readonly name: string;
  readonly line: number;
  /** The comment above it, in one sentence. */
  readonly about: string | undefined;
  /** The stage that it goes on from. */
  readonly base: string | undefined;
  /** The image that it starts from; `scratch` is an empty one. */
  readonly image: string | undefined;
  /** What it takes from other stages and images. */
  readonly takes: readonly { readonly from: string; readonly path: string }[];
  /** Paths of the build context that it reads itself; `.` is all of it. */
  readonly reads: readonly string[];
  /** The stage that it goes on from, where that is ever built anew: then so is this one. */
  readonly after: string | undefined;
  /** Stages that it takes files from, and that a change may reach: it is built anew when those files differ. */
  readonly made: readonly string[];
  /** Paths of the build context whose change can reach it, through all that it is made of. */
  readonly changes: readonly string[];
  /** Whether the image that ships needs it. */
  readonly ships: boolean;
  readonly steps: readonly StepNote[];
}

/** Explains a Dockerfile stage by stage. `facts` are what was found in its project; none for a project unknown to us. */
export function explain(dockerfile: Dockerfile, facts: readonly Fact[]): readonly StageNote[] {
  const { stages } = dockerfile;
  const last = stages.at(-1);
  const needed = last === undefined ? new Set<Stage>() : needs(dockerfile, last);
  const changes = (stage: Stage): readonly string[] => sorted([...needs(dockerfile, stage)].flatMap(ownReads));
  return stages.map((stage) => {
    const [, base] = chainOf(dockerfile, stage);
    const others = takenBy(stage).flatMap(({ from }) => earlierStage(dockerfile, stage, from) ?? []);
    return {
      name: nameOf(dockerfile, stage),
      line: stage.from.line,
      about: sentence(stage),
      base: base && nameOf(dockerfile, base),
      image: base ? undefined : stage.image,
      takes: takenBy(stage).map(({ from, instruction }) => {
        const other = earlierStage(dockerfile, stage, from);
        return { from: other ? nameOf(dockerfile, other) : from, path: pathTaken(instruction, from) };
      }),
      reads: sorted(ownReads(stage)),
      after: base && changes(base).length > 0 ? nameOf(dockerfile, base) : undefined,
      made: [...new Set(others)].filter((other) => changes(other).length > 0).map((other) => nameOf(dockerfile, other)),
      changes: changes(stage),
      ships: needed.has(stage),
      steps: [stage.from, ...stage.instructions].map((instruction) => note(instruction, facts)),
    };
  });
}

const nameOf = ({ stages }: Dockerfile, stage: Stage): string => stage.name ?? `stage ${stages.indexOf(stage)}`;

/** A stage with all that it is made of. */
function needs(dockerfile: Dockerfile, stage: Stage, known: Set<Stage> = new Set()): Set<Stage> {
  if (known.has(stage)) return known;
  known.add(stage);
  const [, base] = chainOf(dockerfile, stage);
  const others = takenBy(stage).map(({ from }) => earlierStage(dockerfile, stage, from));
  for (const other of [base, ...others]) if (other) needs(dockerfile, other, known);
  return known;
}

const ownReads = ({ instructions }: Stage): readonly string[] => instructions.flatMap(readsOf);

const readsOf = (instruction: Instruction): readonly string[] =>
  instructionReads(instruction).map(({ path }) => contextPath(path) || '.');

/** Each path once; all of the context makes the others superfluous. */
const sorted = (paths: readonly string[]): readonly string[] =>
  paths.includes('.') ? ['.'] : [...new Set(paths)].sort();

const note = (instruction: Instruction, facts: readonly Fact[]): StepNote => ({
  line: instruction.line,
  text: [
    instruction.keyword,
    ...instruction.flags.map(({ name, value }) => `--${name}${value === '' ? '' : `=${value}`}`),
    instruction.args,
  ].join(' '),
  why: why(instruction),
  facts: factsBehind(instruction, facts),
  reads: readsOf(instruction),
});

/** The comment of a stage, without its name: that begins it, by BuildKit's rule. */
function sentence({ name, from: { comment } }: Stage): string | undefined {
  const start = name === undefined ? 0 : comment.findLastIndex((line) => line.startsWith(`${name} `));
  const text = comment.slice(Math.max(start, 0)).join(' ');
  return text === ''
    ? undefined
    : text.replace(name === undefined ? '' : new RegExp(`^${name.replace(/\W/g, '\\$&')} `), '');
}

/** Where COPY puts it, or what a mount shows of it. */
function pathTaken({ keyword, args, flags }: Instruction, from: string): string {
  if (keyword !== 'RUN') return args.split(/\s+/).at(-1) ?? '';
  const mount = flags
    .filter(({ name }) => name === 'mount')
    .map(mountFields)
    .find((fields) => fields.from === from);
  return mount?.source ?? mount?.target ?? '';
}

/** When a stage is built anew, in words: `anew after deps, and when go.mod or what web made changes`. */
export function changesText({ reads, after, made }: Pick<StageNote, 'reads' | 'after' | 'made'>): string {
  if (reads.includes('.')) return 'anew with every change';
  const shown = reads.length > 3 ? [...reads.slice(0, 2), `${reads.length - 2} more files`] : reads;
  const causes = [...shown, ...(made.length > 0 ? [`what ${made.join(' and ')} made`] : [])];
  const one = causes.length === 1 && reads.length < 2;
  const when = causes.length > 0 ? `when ${inWords(causes)} ${one ? 'changes' : 'change'}` : undefined;
  const parts = [after && `after ${after}`, when].filter((part) => part !== undefined);
  return parts.length === 0 ? 'stays, whatever you change' : `anew ${parts.join(', and ')}`;
}

const inWords = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
