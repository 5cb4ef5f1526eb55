import { type Dockerfile, type Instruction, mountFields, type Stage } from '../dockerfile/parse.ts';
import type { Finding, Rule } from './finding.ts';

/** The stages and images that one stage takes files from. */
function fromFlags(instruction: Instruction): readonly string[] {
  return instruction.flags.flatMap((flag) => {
    if (flag.name === 'from') return [flag.value];
    const from = flag.name === 'mount' ? mountFields(flag).from : undefined;
    return from === undefined ? [] : [from];
  });
}

const isStage = (dockerfile: Dockerfile, name: string): boolean =>
  dockerfile.stages.some((stage) => stage.name === name);

/** `COPY --from=` and mounts must name a stage that comes before; a name with `:` or `/` is an image. */
export const unknownStage: Rule = (dockerfile) =>
  dockerfile.stages.flatMap((stage, index) =>
    stage.instructions.flatMap((instruction) =>
      fromFlags(instruction)
        .filter((name) => !/[:/]/.test(name) && !dockerfile.stages.slice(0, index).some((other) => other.name === name))
        .map((name) => ({
          rule: 'UnknownStage',
          line: instruction.line,
          message: `${instruction.keyword} takes files from ${name}, which is no earlier stage`,
          hint: `Name one of ${dockerfile.stages
            .slice(0, index)
            .flatMap((other) => other.name ?? [])
            .join(', ')}.`,
        })),
    ),
  );

/** Two stages of one name: BuildKit takes the last, readers the first. */
export const duplicateStageName: Rule = (dockerfile) =>
  dockerfile.stages
    .filter((stage, index) => dockerfile.stages.slice(0, index).some((other) => same(other, stage)))
    .map((stage) => finding('DuplicateStageName', stage, `There are two stages ${stage.name}`, 'Rename one of them.'));

const same = (a: Stage, b: Stage): boolean => a.name !== undefined && a.name.toLowerCase() === b.name?.toLowerCase();

const finding = (rule: string, stage: Stage, message: string, hint: string): Finding => ({
  rule,
  line: stage.from.line,
  message,
  hint,
});

/** A stage that nothing uses is dead text, except `test`, which is built by name. */
export const unusedStage: Rule = (dockerfile) => {
  const last = dockerfile.stages.at(-1);
  const used = new Set(dockerfile.stages.flatMap((stage) => [stage.image, ...stage.instructions.flatMap(fromFlags)]));
  return dockerfile.stages
    .filter((stage) => stage !== last && stage.name !== 'test' && !used.has(stage.name ?? ''))
    .map((stage) =>
      finding('UnusedStage', stage, `Nothing uses the stage ${stage.name ?? 'without a name'}`, 'Remove it.'),
    );
};

/** External images carry a version, and never `latest`. */
export const unpinnedImage: Rule = (dockerfile) =>
  dockerfile.stages
    .filter(
      ({ image }) => image !== 'scratch' && !isStage(dockerfile, image) && !/^[^$]*:(?!latest$)[^/]+$/.test(image),
    )
    .map((stage) =>
      finding('UnpinnedImage', stage, `${stage.image} names no version`, 'Add a tag such as :3.24, or a digest.'),
    );

/** `docker build --call=targets` shows the comment above a stage when it starts with the stage's name. */
export const invalidDefinitionDescription: Rule = (dockerfile) =>
  dockerfile.stages
    .filter(({ name, from }) => from.comment.length > 0 && !from.comment.some((line) => line.startsWith(`${name} `)))
    .map((stage) =>
      finding(
        'InvalidDefinitionDescription',
        stage,
        `The comment above stage ${stage.name} does not describe it`,
        `Start it with "# ${stage.name} ", or put a blank line after it.`,
      ),
    );
