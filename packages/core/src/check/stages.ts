import type { Instruction, Stage } from '../dockerfile/parse.ts';
import { mountFields } from '../dockerfile/words.ts';
import type { Finding, Rule } from './finding.ts';

/** The stages and images that one stage takes files from. */
function fromFlags(instruction: Instruction): readonly string[] {
  return instruction.flags.flatMap((flag) => {
    if (flag.name === 'from') return [flag.value];
    const from = flag.name === 'mount' ? mountFields(flag).from : undefined;
    return from === undefined ? [] : [from];
  });
}

/** Whether a name, or the number of a stage, means this stage. BuildKit does not tell upper from lower case. */
const means = (name: string, stage: Stage, index: number): boolean =>
  name.toLowerCase() === stage.name?.toLowerCase() || name === String(index);

/** `COPY --from=` and mounts must name a stage that comes before; a name with `:` or `/` is an image. */
export const unknownStage: Rule = ({ stages }) =>
  stages.flatMap((stage, index) => {
    const earlier = stages.slice(0, index);
    const names = earlier.flatMap(({ name }) => name ?? []).join(', ');
    return stage.instructions.flatMap((instruction) =>
      fromFlags(instruction)
        .filter((name) => !/[:/$]/.test(name) && !earlier.some((other, at) => means(name, other, at)))
        .map((name) => ({
          rule: 'UnknownStage',
          line: instruction.line,
          message: `${instruction.keyword} takes files from ${name}, which is no earlier stage`,
          hint: names === '' ? 'No stage comes before: add one.' : `Name one of ${names}.`,
        })),
    );
  });

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

/** A stage that nothing uses is dead text, except `test` and targets, which are built by name. */
export const unusedStage: Rule = (dockerfile, { targets = [] }) => {
  const { stages } = dockerfile;
  const used = stages.flatMap((stage) => [stage.image, ...stage.instructions.flatMap(fromFlags)]);
  return stages
    .slice(0, -1)
    .filter(
      (stage, index) =>
        ![...targets, 'test'].includes(stage.name ?? '') && !used.some((name) => means(name, stage, index)),
    )
    .map((stage) =>
      finding('UnusedStage', stage, `Nothing uses the stage ${stage.name ?? 'without a name'}`, 'Remove it.'),
    );
};

/** External images carry a version, and never `latest`. */
export const unpinnedImage: Rule = (dockerfile) =>
  dockerfile.stages
    .filter(
      ({ image }) =>
        image !== 'scratch' &&
        !dockerfile.stages.some(({ name }) => name?.toLowerCase() === image.toLowerCase()) &&
        !/^[^$]*:(?!latest$)[^/]+$/.test(image),
    )
    .map((stage) =>
      finding('UnpinnedImage', stage, `${stage.image} names no version`, 'Add a tag such as :3.24, or a digest.'),
    );

/** `docker build --call=targets` shows the comment above a stage when it starts with the stage's name. */
export const invalidDefinitionDescription: Rule = (dockerfile) =>
  dockerfile.stages
    .filter(
      ({ name, from }) =>
        name !== undefined && from.comment.length > 0 && !from.comment.some((line) => line.startsWith(`${name} `)),
    )
    .map((stage) =>
      finding(
        'InvalidDefinitionDescription',
        stage,
        `The comment above stage ${stage.name} does not describe it`,
        `Start it with "# ${stage.name} ", or put a blank line after it.`,
      ),
    );
