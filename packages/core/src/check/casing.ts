import type { Dockerfile, Instruction } from '../dockerfile/parse.ts';
import type { Rule } from './finding.ts';

const all = ({ preamble, stages }: Dockerfile): readonly Instruction[] => [
  ...preamble,
  ...stages.flatMap(({ from, instructions }) => [from, ...instructions]),
];

const isUpper = (word: string): boolean => word === word.toUpperCase();
const isLower = (word: string): boolean => word === word.toLowerCase();

/** Keywords are all in upper case or all in lower case, whichever most of the file has. */
export const instructionCasing: Rule = (dockerfile) => {
  const instructions = all(dockerfile);
  const lower = instructions.filter(({ written }) => isLower(written)).length;
  const upper = instructions.filter(({ written }) => isUpper(written)).length;
  const [fits, casing] = lower > upper ? [isLower, 'lower case'] : [isUpper, 'upper case'];
  return instructions
    .filter(({ written }) => !fits(written))
    .map(({ written, line }) => ({
      rule: 'ConsistentInstructionCasing',
      line,
      message: `${written} is not in ${casing}, as the file's other keywords are`,
      hint: `Write it in ${casing}.`,
    }));
};

/** BuildKit compares stage names in lower case. */
export const stageNameCasing: Rule = ({ stages }) =>
  stages
    .filter(({ name = '' }) => !isLower(name))
    .map(({ name = '', from: { line } }) => ({
      rule: 'StageNameCasing',
      line,
      message: `The stage ${name} is not in lower case`,
      hint: `Call it ${name.toLowerCase()}.`,
    }));

/** `FROM x as y`: one in upper case, the other in lower case. */
export const fromAsCasing: Rule = ({ stages }) =>
  stages.flatMap(({ from }) => {
    const [, as] = /^\S+\s+(as)\s+\S/i.exec(from.args) ?? [];
    if (as === undefined || isUpper(as) === isUpper(from.written)) return [];
    const hint = `Write ${isUpper(from.written) ? 'AS' : 'as'}.`;
    return [{ rule: 'FromAsCasing', line: from.line, message: `${from.written} and ${as} differ in case`, hint }];
  });
