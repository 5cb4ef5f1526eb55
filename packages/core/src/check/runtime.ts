import type { Instruction, Stage } from '../dockerfile/parse.ts';
import { execForm } from '../dockerfile/words.ts';
import type { Finding, Rule } from './finding.ts';

/** The rules for stages that ship: the last one, and those that are targets. */
const onShipped =
  (look: (stage: Stage) => readonly Finding[]): Rule =>
  ({ stages }, { targets = [] }) => {
    const last = stages.at(-1);
    if (last === undefined) {
      return [
        { rule: 'NoStage', line: 1, message: 'There is no FROM', hint: 'A Dockerfile needs at least one stage.' },
      ];
    }
    return [...stages.filter((stage) => stage !== last && targets.includes(stage.name ?? '')), last].flatMap(look);
  };

const lastOf = (stage: Stage, keyword: string): Instruction | undefined =>
  stage.instructions.findLast((instruction) => instruction.keyword === keyword);

/** The image runs as a number other than 0, so that Kubernetes' runAsNonRoot can verify it. */
export const numericUser: Rule = onShipped((stage) => {
  const user = lastOf(stage, 'USER');
  if (user !== undefined && /^[1-9]\d*(:\d+)?$/.test(user.args)) return [];
  return [
    {
      rule: 'NumericUser',
      line: user?.line ?? stage.from.line,
      message:
        user === undefined ? 'The image runs as whoever its base says' : `USER ${user.args} is no number above 0`,
      hint: 'End the last stage with USER 65532:65532.',
    },
  ];
});

/** Nothing executes in the last stage: no emulator for other platforms, nothing run as root. */
export const noRunInLastStage: Rule = onShipped((stage) =>
  stage.instructions
    .filter((instruction) => instruction.keyword === 'RUN')
    .map(({ line }) => ({
      rule: 'NoRunInLastStage',
      line,
      message: 'The last stage runs a command',
      hint: 'Run it in an earlier stage and copy its result.',
    })),
);

/** In shell form, /bin/sh is process 1 and swallows SIGTERM; images without a shell cannot start at all. */
export const jsonArgsRecommended: Rule = onShipped((stage) =>
  stage.instructions
    .filter((instruction) => ['CMD', 'ENTRYPOINT'].includes(instruction.keyword) && execForm(instruction) === undefined)
    .map(({ keyword, line }) => ({
      rule: 'JSONArgsRecommended',
      line,
      message: `${keyword} is in shell form`,
      hint: `Write it as a JSON array: ${keyword} ["/path/to/program", "argument"].`,
    })),
);

/** Something must start. */
export const startCommand: Rule = onShipped((stage) =>
  lastOf(stage, 'ENTRYPOINT') || lastOf(stage, 'CMD')
    ? []
    : [
        {
          rule: 'StartCommand',
          line: stage.from.line,
          message: 'The image names no program to start',
          hint: 'Add an ENTRYPOINT.',
        },
      ],
);
