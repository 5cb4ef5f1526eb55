import { declared, expand, globalArgs, type Variables } from '../dockerfile/expand.ts';
import { chainOf, externalBase, inherited } from '../dockerfile/graph.ts';
import type { Dockerfile, Stage } from '../dockerfile/parse.ts';
import { execForm } from '../dockerfile/words.ts';
import type { CheckContext, Finding, Rule } from './finding.ts';

/** The rules for stages that ship: the last one, and those that are targets. */
const onShipped =
  (look: (stage: Stage, dockerfile: Dockerfile, context: CheckContext) => readonly Finding[]): Rule =>
  (dockerfile, context) => {
    const { stages } = dockerfile;
    const { targets = [] } = context;
    return stages
      .filter((stage) => stage === stages.at(-1) || targets.includes(stage.name ?? ''))
      .flatMap((stage) => look(stage, dockerfile, context));
  };

/** Images that say a number themselves: distroless' nonroot tags are 65532, Chainguard's images, too. */
const numericBase = /:(debug-)?nonroot(-\w+)?(@|$)|^cgr\.dev\/chainguard\//;

/** The image runs as a number other than 0, so that Kubernetes' runAsNonRoot can verify it. */
export const numericUser: Rule = onShipped((stage, dockerfile) => {
  const user = inherited(dockerfile, stage, 'USER');
  const name = user === undefined ? undefined : expand(user.args, argsOf(dockerfile, stage));
  const fits =
    name === undefined ? numericBase.test(externalBase(dockerfile, stage)) : /^([1-9]\d*(:\S+)?$|.*\$)/.test(name);
  if (fits) return [];
  return [
    {
      rule: 'NumericUser',
      line: user?.line ?? stage.from.line,
      message:
        user === undefined
          ? "The image runs as the base image's user (often root)"
          : `USER ${name} is no number above 0`,
      hint: 'End the last stage with USER 65532:65532.',
    },
  ];
});

/** The ARGs that a stage can see, with their defaults. */
const argsOf = (dockerfile: Dockerfile, stage: Stage): Variables =>
  Object.assign(
    {},
    ...chainOf(dockerfile, stage).flatMap(({ instructions }) =>
      instructions.filter(({ keyword }) => keyword === 'ARG').map(declared),
    ),
    globalArgs(dockerfile),
  );

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

/**
 * In shell form, /bin/sh is process 1 and swallows SIGTERM; images without a shell cannot start at all. As in BuildKit,
 * a SHELL of the file's own means that somebody wanted it so.
 */
export const jsonArgsRecommended: Rule = onShipped((stage, dockerfile) =>
  inherited(dockerfile, stage, 'SHELL') !== undefined
    ? []
    : stage.instructions
        .filter(
          (instruction) => ['CMD', 'ENTRYPOINT'].includes(instruction.keyword) && execForm(instruction) === undefined,
        )
        .map(({ keyword, line }) => ({
          rule: 'JSONArgsRecommended',
          line,
          message: `${keyword} is in shell form`,
          hint: `Write it as a JSON array: ${keyword} ["/path/to/program", "argument"].`,
        })),
);

/** Something must start. Of somebody else's file only an empty base is sure to bring nothing. */
export const startCommand: Rule = onShipped((stage, dockerfile, { foreign }) => {
  const starts = ['ENTRYPOINT', 'CMD'].some((keyword) => inherited(dockerfile, stage, keyword) !== undefined);
  if (starts || (foreign && externalBase(dockerfile, stage) !== 'scratch')) return [];
  return [
    {
      rule: 'StartCommand',
      line: stage.from.line,
      message: 'The image names no program to start',
      hint: 'Add an ENTRYPOINT.',
    },
  ];
});
