import { automatic, expand, globalArgs, references } from '../dockerfile/expand.ts';
import type { Stage } from '../dockerfile/parse.ts';
import type { Rule } from './finding.ts';

const platformOf = ({ from }: Stage): string => from.flags.find(({ name }) => name === 'platform')?.value ?? '';

/** FROM knows the ARGs before the first FROM, and no others. */
export const undefinedArgInFrom: Rule = (dockerfile) => {
  const known = new Set([...Object.keys(globalArgs(dockerfile)), ...automatic]);
  return dockerfile.stages.flatMap((stage) =>
    references(`${platformOf(stage)} ${stage.image}`)
      .filter(({ name, hasDefault }) => !hasDefault && !known.has(name))
      .map(({ name }) => ({
        rule: 'UndefinedArgInFrom',
        line: stage.from.line,
        message: `FROM uses ${name}, which no ARG before the first FROM declares`,
        hint: `Put ARG ${name}=… above the first FROM.`,
      })),
  );
};

/** Without --build-arg, the name of the image must come out whole. */
export const invalidDefaultArgInFrom: Rule = (dockerfile) => {
  const args = globalArgs(dockerfile);
  return dockerfile.stages.flatMap((stage) => {
    const empty = references(stage.image).filter(
      ({ name, hasDefault }) => !hasDefault && name in args && (args[name] ?? '') === '',
    );
    const blank = Object.fromEntries(empty.map(({ name }) => [name, '']));
    const left = empty.reduce(
      (text, { name }) => text.replaceAll(`\${${name}}`, '').replaceAll(`$${name}`, ''),
      expand(stage.image, { ...args, ...blank }),
    );
    const [first] = empty;
    if (first === undefined || /^[^:@]+([:@][^:@]+)*$/.test(left)) return [];
    return [
      {
        rule: 'InvalidDefaultArgInFrom',
        line: stage.from.line,
        message: `Without --build-arg ${first.name}=… there is no image ${JSON.stringify(left)}`,
        hint: `Give ARG ${first.name} a default.`,
      },
    ];
  });
};

/** A platform that is spelled out makes the stage the same on every machine, emulated on most. */
export const constantPlatform: Rule = ({ stages }) =>
  stages
    .filter((stage) => {
      const [os = '', architecture = ''] = platformOf(stage).split('/');
      const named = (part: string): boolean => part !== '' && (stage.name ?? '').includes(part);
      return os !== '' && !os.includes('$') && !named(os) && !named(architecture);
    })
    .map((stage) => ({
      rule: 'FromPlatformFlagConstDisallowed',
      line: stage.from.line,
      message: `--platform=${platformOf(stage)} ties the stage to one platform`,
      hint: 'Leave it out, or use $BUILDPLATFORM for a stage that cross-compiles.',
    }));

export const redundantTargetPlatform: Rule = ({ stages }) =>
  stages
    .filter((stage) => /^\$\{?TARGETPLATFORM\}?$/.test(platformOf(stage)))
    .map((stage) => ({
      rule: 'RedundantTargetPlatform',
      line: stage.from.line,
      message: '--platform=$TARGETPLATFORM is what FROM does anyway',
      hint: 'Leave it out.',
    }));
