import { basename, join } from 'node:path';
import type { Ecosystem } from '../ecosystem.ts';
import { placeText } from '../errors.ts';
import type { RuntimeFamily } from '../plan.ts';
import { preview } from '../scaffold.ts';
import { documentProblems } from '../schema/documents.ts';
import { accountProblems } from './account.ts';
import { type Attempt, proposeCase } from './attempt.ts';
import { type Case, lookAtCases } from './cases.ts';
import { detectionProblems, goldenProblems, leftoverProblems } from './golden.ts';
import { hostileProblems } from './hostile.ts';
import { lineIn } from './locate.ts';
import { codeOf, fileOf, here, type Problem, thrown } from './problem.ts';
import { hostProblems, repeatProblems } from './repeat.ts';
import { imageProblems, ruleProblems, textProblems } from './rules.ts';
import { templateProblems } from './templates.ts';
import { testStageProblems } from './tests.ts';

/** A check by the words of the checklist. */
type Checks<Subject extends readonly unknown[]> = Readonly<Record<string, (...subject: Subject) => readonly Problem[]>>;

/** What is looked at once for each ecosystem. */
export const ecosystemChecks: Checks<[Ecosystem]> = {
  'ecosystem.json follows its schema': manifestProblems,
  'the templates are text as a colleague would write it': templateProblems,
  'every fixture says what its container has to do': (ecosystem) => lookAtCases(ecosystem).problems,
};

/** What is looked at once for each case. */
export const caseChecks: Checks<[Ecosystem, Case]> = {
  'finds what the case expects, and resolves its options': detectionProblems,
  'has no golden file too many': (_, item) => leftoverProblems(item),
};

/** What is looked at for each case on each runtime. */
export const runtimeChecks: Checks<[Attempt]> = {
  'equals its golden files': goldenProblems,
  'keeps the rules: stages, user, start command, sources, secrets': ruleProblems,
  'accounts for every file that the code names': accountProblems,
  'takes its images from the data': imageProblems,
  'is well-formed text': textProblems,
  'ships the same where a stage runs the tests': testStageProblems,
  'a second run changes nothing': repeatProblems,
  'is the same on every host': hostProblems,
  'says where its facts come from': factProblems,
};

/** What takes longer and has nothing to do with the runtime: looked at on the first of each case. */
export const firstRuntimeChecks: Checks<[Attempt]> = { 'takes hostile values for data': hostileProblems };

function manifestProblems(ecosystem: Ecosystem): readonly Problem[] {
  const path = join(ecosystem.folder, 'ecosystem.json');
  const shape = documentProblems(path, 'ecosystem').map(here);
  const folder = basename(ecosystem.folder);
  if (shape.length > 0 || ecosystem.manifest.id === folder) return shape;
  const message = `The id is ${ecosystem.manifest.id}, and the folder is ${folder}`;
  return [
    { file: fileOf(ecosystem, 'ecosystem.json'), ...lineIn(path, '"id"'), message, mend: 'Use one name for both.' },
  ];
}

const giveFacts = 'Give each fact the place where it was found: { file: "go.mod", line: 3 }.';

/** Facts name lines that are there: whoever reads the report looks them up. */
function factProblems({ proposal, ecosystem }: Attempt): readonly Problem[] {
  const { facts, notes } = preview(proposal);
  const { project } = proposal.inspection;
  const wrong = (message: string): Problem => ({ file: codeOf(ecosystem, 'detect'), message, mend: giveFacts });
  const missing = [...facts, ...notes].flatMap(({ place }) => {
    const text = place && project.text(place.file);
    if (place === undefined || (text !== undefined && (place.line ?? 1) <= text.split('\n').length)) return [];
    return text === undefined && project.exists(place.file) ? [] : [wrong(`${placeText(place)} is not there`)];
  });
  return facts.some(({ place }) => place !== undefined) ? missing : [...missing, wrong('No fact names a file')];
}

/** The case on a runtime, or what kept it from being planned and rendered. */
export function attempt(ecosystem: Ecosystem, item: Case, runtime: RuntimeFamily): Attempt | readonly Problem[] {
  try {
    return { ecosystem, item, runtime, proposal: proposeCase(ecosystem, item, runtime) };
  } catch (error) {
    return [thrown(error, ecosystem)];
  }
}

/** Whether an attempt came to a proposal. */
export const succeeded = (result: Attempt | readonly Problem[]): result is Attempt => !Array.isArray(result);

/** Runs a check; what it throws is a problem, too. */
export function outcome<Subject extends readonly unknown[]>(
  ecosystem: Ecosystem,
  check: (...subject: Subject) => readonly Problem[],
  ...subject: Subject
): readonly Problem[] {
  try {
    return check(...subject);
  } catch (error) {
    return [thrown(error, ecosystem)];
  }
}

/** Everything that the kit finds in an ecosystem without Docker. */
export function checkEcosystem(ecosystem: Ecosystem): readonly Problem[] {
  const once = Object.values(ecosystemChecks).flatMap((check) => outcome(ecosystem, check, ecosystem));
  const cases = lookAtCases(ecosystem).cases.flatMap((item) => [
    ...Object.values(caseChecks).flatMap((check) => outcome(ecosystem, check, ecosystem, item)),
    ...item.runtimes.flatMap((runtime, index) => {
      const result = attempt(ecosystem, item, runtime);
      if (!succeeded(result)) return result;
      const checks = { ...runtimeChecks, ...(index === 0 && firstRuntimeChecks) };
      return Object.values(checks).flatMap((check) => outcome(ecosystem, check, result));
    }),
  ]);
  return [...once, ...cases];
}
