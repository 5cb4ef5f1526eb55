import { expand, globalArgs } from '../dockerfile/expand.ts';
import { earlierStage, takenBy } from '../dockerfile/graph.ts';
import type { Stage } from '../dockerfile/parse.ts';
import type { Finding, Rule } from './finding.ts';

/** Whether a name, or the number of a stage, means this stage. BuildKit does not tell upper from lower case. */
const means = (name: string, stage: Stage, index: number): boolean =>
  name.toLowerCase() === stage.name?.toLowerCase() || name === String(index);

export const noStage: Rule = ({ stages }) =>
  stages.length > 0
    ? []
    : [{ rule: 'NoStage', line: 1, message: 'There is no FROM', hint: 'A Dockerfile needs at least one stage.' }];

/** `COPY --from=` and mounts must name a stage that comes before; a name with `:` or `/` is an image. */
export const unknownStage: Rule = (dockerfile) =>
  dockerfile.stages.flatMap((stage, index) => {
    const names = dockerfile.stages.slice(0, index).flatMap(({ name }) => name ?? []);
    return takenBy(stage)
      .filter(({ from }) => !/[:/$]/.test(from) && earlierStage(dockerfile, stage, from) === undefined)
      .map(({ instruction: { keyword, line }, from }) => ({
        rule: 'UnknownStage',
        line,
        message: `${keyword} takes files from ${from}, which is no earlier stage`,
        hint: names.length === 0 ? 'No stage comes before: add one.' : `Name one of ${names.join(', ')}.`,
      }));
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
  const used = stages.flatMap((stage) => [stage.image, ...takenBy(stage).map(({ from }) => from)]);
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

/** External images carry a version, and never `latest`. What an ARG without a default says is nobody's guess. */
export const unpinnedImage: Rule = (dockerfile) =>
  dockerfile.stages
    .filter((stage) => earlierStage(dockerfile, stage, stage.image) === undefined)
    .map((stage) => ({ stage, image: expand(stage.image, globalArgs(dockerfile)) }))
    .filter(({ image }) => image !== 'scratch' && !/^[^$]*:(?!latest$)[^/]+$/.test(image) && !image.includes('$'))
    .map(({ stage, image }) =>
      finding('UnpinnedImage', stage, `${image} names no version`, 'Add a tag such as :3.24, or a digest.'),
    );

/** https://docs.docker.com/reference/build-checks/reserved-stage-name/ */
export const reservedStageName: Rule = ({ stages }) =>
  stages
    .filter(({ name = '' }) => ['scratch', 'context'].includes(name.toLowerCase()))
    .map((stage) =>
      finding('ReservedStageName', stage, `${stage.name} is a word of BuildKit's own`, 'Rename the stage.'),
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
