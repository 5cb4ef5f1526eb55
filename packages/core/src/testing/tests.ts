import { inspect, settle } from '../inspect.ts';
import { propose } from '../propose.ts';
import { type Attempt, dockerfileOf, requestOf } from './attempt.ts';
import { codeOf, type Problem } from './problem.ts';
import { ruleProblems, textProblems } from './rules.ts';

/** The stages of a Dockerfile as text, without what a COPY leaves behind because it is for tests. */
const blocks = (dockerfile: string): readonly string[] =>
  dockerfile.replace(/( \\\n {4})? --exclude=\S+( \\\n {4}(?= [^-]))?/g, '').split('\n\n');

/**
 * A stage that runs the tests may bring stages that it needs. It changes none of the others, and what it brings keeps the
 * rules, too.
 */
export function testStageProblems(attempt: Attempt): readonly Problem[] {
  const { ecosystem, item, runtime } = attempt;
  const made = (bake: boolean): Attempt => ({
    ...attempt,
    proposal: propose(settle(inspect(requestOf(ecosystem, item, { runtime, bake })))),
  });
  const tested = made(true);
  const text = dockerfileOf(tested.proposal);
  if (!/ AS test$/m.test(text)) return [];
  const kept = new Set(blocks(text));
  const lost = blocks(dockerfileOf(made(false).proposal)).find((block) => !kept.has(block));
  const changed: Problem = {
    file: codeOf(ecosystem, 'plan'),
    message: `The stage test changes another one: ${JSON.stringify(lost)}`,
    mend: 'Add stages for it, and leave those that ship as they are.',
  };
  return [...(lost === undefined ? [] : [changed]), ...ruleProblems(tested), ...textProblems(tested)];
}
