import { expand, globalArgs } from './expand.ts';
import type { Dockerfile, Instruction, Stage } from './parse.ts';
import { mountFields } from './words.ts';

/** What an instruction takes from elsewhere: another stage's files, or an image's. */
export interface Taken {
  readonly instruction: Instruction;
  /** As written: a stage's name or number, an image, or a named context. */
  readonly from: string;
}

/** Everything that a stage's instructions take with `--from=` and `--mount=from=`. */
export const takenBy = (stage: Stage): readonly Taken[] =>
  stage.instructions.flatMap((instruction) =>
    instruction.flags.flatMap((flag) => {
      const from = flag.name === 'from' ? flag.value : flag.name === 'mount' ? mountFields(flag).from : undefined;
      return from === undefined ? [] : [{ instruction, from }];
    }),
  );

/** The last stage before `stage` that `name` means, by name (in any case, as in BuildKit) or by number. */
export function earlierStage({ stages }: Dockerfile, stage: Stage, name: string): Stage | undefined {
  const earlier = stages.slice(0, stages.indexOf(stage));
  return earlier.findLast((other, index) => other.name?.toLowerCase() === name.toLowerCase() || name === String(index));
}

/** A stage and those it builds on, the nearest first: `FROM a AS b` has a in its chain. */
export function chainOf(dockerfile: Dockerfile, stage: Stage): readonly [Stage, ...Stage[]] {
  const base = dockerfile.stages
    .slice(0, dockerfile.stages.indexOf(stage))
    .findLast(({ name }) => name !== undefined && name.toLowerCase() === stage.image.toLowerCase());
  return base === undefined ? [stage] : [stage, ...chainOf(dockerfile, base)];
}

/** The image that a stage ultimately builds on, with the defaults of ARGs in the place of variables. */
export function externalBase(dockerfile: Dockerfile, stage: Stage): string {
  const chain = chainOf(dockerfile, stage);
  return expand((chain.at(-1) ?? stage).image, globalArgs(dockerfile));
}

/** The last instruction of this keyword in a stage or, failing that, in the nearest one it builds on. */
export function inherited(dockerfile: Dockerfile, stage: Stage, keyword: string): Instruction | undefined {
  for (const { instructions } of chainOf(dockerfile, stage)) {
    const found = instructions.findLast((instruction) => instruction.keyword === keyword);
    if (found !== undefined) return found;
  }
  return undefined;
}
