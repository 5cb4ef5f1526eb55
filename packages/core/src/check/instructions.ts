import { chainOf } from '../dockerfile/graph.ts';
import type { Instruction, Stage } from '../dockerfile/parse.ts';
import { rawWords, words } from '../dockerfile/words.ts';
import type { Finding, Rule } from './finding.ts';

/** https://docs.docker.com/reference/dockerfile/#overview */
const keywords: ReadonlySet<string> = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/** A rule that looks at one instruction at a time. */
const onEach =
  (look: (instruction: Instruction) => Omit<Finding, 'line'> | undefined): Rule =>
  ({ preamble, stages }) =>
    [...preamble, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])].flatMap((instruction) => {
      const found = look(instruction);
      return found === undefined ? [] : [{ ...found, line: instruction.line }];
    });

/** A line that no builder understands. */
export const unknownInstruction: Rule = onEach(({ keyword, written }) =>
  keywords.has(keyword)
    ? undefined
    : {
        rule: 'UnknownInstruction',
        message: `${written} is no instruction, so the file does not build`,
        hint: 'If it continues the line before, that one needs a backslash at its end.',
      },
);

/** BuildKit will take an empty line for the end of an instruction one day. */
export const noEmptyContinuation: Rule = ({ preamble, stages }) =>
  [...preamble, ...stages.flatMap(({ instructions }) => instructions)].flatMap(({ keyword, gap }) =>
    gap === undefined
      ? []
      : [
          {
            rule: 'NoEmptyContinuation',
            line: gap,
            message: `An empty line inside ${keyword}, which goes on below`,
            hint: 'Remove the empty line.',
          },
        ],
  );

export const maintainerDeprecated: Rule = onEach(({ keyword }) =>
  keyword === 'MAINTAINER'
    ? {
        rule: 'MaintainerDeprecated',
        message: 'MAINTAINER is deprecated, since 2016',
        hint: 'Write LABEL org.opencontainers.image.authors="…".',
      }
    : undefined,
);

/** `ENV A b` has one pair only and takes everything up to the end of the line. */
export const legacyKeyValueFormat: Rule = onEach((instruction) => {
  const { keyword, args } = instruction;
  const [first = '', second] = rawWords(args);
  if (!['ENV', 'LABEL'].includes(keyword) || first.includes('=') || second === undefined) return undefined;
  return {
    rule: 'LegacyKeyValueFormat',
    message: `${keyword} ${first} has its value after a blank, the old form`,
    hint: `Write ${keyword} ${first}=value.`,
  };
});

const portOf = (word: string): RegExpExecArray | null => /^(?:\d+(?:-\d+)?)(?:\/(\w+))?$/.exec(word);

export const exposeProtoCasing: Rule = onEach((instruction) => {
  if (instruction.keyword !== 'EXPOSE') return undefined;
  const found = words(instruction).find((word) => /[A-Z]/.test(portOf(word)?.[1] ?? ''));
  if (found === undefined) return undefined;
  const hint = `Write ${found.toLowerCase()}.`;
  return { rule: 'ExposeProtoCasing', message: `EXPOSE ${found} has its protocol in upper case`, hint };
});

/** EXPOSE documents ports of the container; addresses and mappings are for `docker run`. */
export const exposeInvalidFormat: Rule = onEach((instruction) => {
  if (instruction.keyword !== 'EXPOSE') return undefined;
  const found = words(instruction).find((word) => !word.includes('$') && portOf(word) === null);
  if (found === undefined) return undefined;
  const hint = 'Write the port of the container alone; docker run -p maps it.';
  return { rule: 'ExposeInvalidFormat', message: `EXPOSE ${found} is no port, such as 8080 or 53/udp`, hint };
});

/** Only the last of these counts in a stage. */
export const multipleInstructions: Rule = ({ stages }) =>
  stages.flatMap(({ instructions }) =>
    ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].flatMap((keyword) =>
      instructions
        .filter((instruction) => instruction.keyword === keyword)
        .slice(0, -1)
        .map(({ line }) => ({
          rule: 'MultipleInstructionsDisallowed',
          line,
          message: `A later ${keyword} of this stage takes this one's place, so it has no effect`,
          hint: 'Remove it.',
        })),
    ),
  );

const isAbsolute = (path: string): boolean => /^["']?(\/|\$|[a-z]:[\\/])/i.test(path);

/** Where a relative WORKDIR leads depends on the base image, as long as no absolute one came before. */
export const workdirRelativePath: Rule = (dockerfile) => {
  const workdirs = (stage: Stage): readonly Instruction[] =>
    stage.instructions.filter(({ keyword }) => keyword === 'WORKDIR');
  return dockerfile.stages.flatMap((stage) => {
    const [, ...bases] = chainOf(dockerfile, stage);
    if (bases.some((base) => workdirs(base).some(({ args }) => isAbsolute(args)))) return [];
    const own = workdirs(stage);
    const absolute = own.findIndex(({ args }) => isAbsolute(args));
    return own.slice(0, absolute < 0 ? own.length : absolute).map(({ args, line }) => ({
      rule: 'WorkdirRelativePath',
      line,
      message: `WORKDIR ${args} is relative, and only the base image knows to what`,
      hint: `Write the whole path, such as /${args.replace(/^\.?\//, '')}.`,
    }));
  });
};
