import { checkDockerfile } from '../check/check.ts';
import type { Finding } from '../check/finding.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { knownImages } from '../images.ts';
import { targetsOf } from '../plan.ts';
import { type Attempt, dockerfileOf, ignoreOf } from './attempt.ts';
import { locate } from './locate.ts';
import type { Problem } from './problem.ts';

/** What the author of a template does about a finding, where that is something else than the owner of a Dockerfile would. */
const mends: Readonly<Record<string, string>> = {
  UnpinnedImage:
    'Write {{image}} and take its value from baseImage(), whose tags carry a version; or correct the name of the stage.',
  UnusedStage: 'Plan it only when a later stage needs it, or correct the name in the line that should take from it.',
  NumericUser: 'Let core write the last stage: it ends with USER 65532:65532.',
  NoRunInLastStage: 'Run it in a stage of its own, and name what it makes among the artifacts of the plan.',
  JSONArgsRecommended: 'Let core write the start command: give it to the plan as a list, entrypoint: ["/app/x"].',
  MissingSource: 'Correct the path, or plan the line only when project.has(path).',
  CopyIgnoredFile: 'Make it in a stage of its own: history and the dependencies of the host never reach a build.',
  UnguardedContext: 'Add the pattern to "ignore" in ecosystem.json.',
};

function mend({ rule, hint }: Finding, names: readonly string[]): string {
  const stages = ['UnpinnedImage', 'UnknownStage'].includes(rule) ? ` Stages are ${names.join(', ')}.` : '';
  return `${mends[rule] ?? hint}${stages}`;
}

/** The rules of `checkDockerfile`, each finding where its line was written. */
export function ruleProblems({ proposal }: Attempt): readonly Problem[] {
  const dockerfile = dockerfileOf(proposal);
  const names = parseDockerfile(dockerfile).stages.flatMap(({ name }) => name ?? []);
  const findings = checkDockerfile(dockerfile, {
    project: proposal.inspection.project.root,
    dockerignore: ignoreOf(proposal),
    needs: proposal.plan.needs,
    targets: targetsOf(proposal.plan),
    account: proposal.account,
    of: proposal.inspection.project,
  });
  return findings.map((finding) => ({
    ...locate(proposal, dockerfile, finding.line),
    message: `${finding.message} (${finding.rule})`,
    mend: mend(finding, names),
  }));
}

/** Every external image is one of the data, where its end of life is known and tools can bump it. */
export function imageProblems({ proposal }: Attempt): readonly Problem[] {
  const dockerfile = dockerfileOf(proposal);
  const { stages } = parseDockerfile(dockerfile);
  const names = new Set(stages.map(({ name }) => name));
  const known = knownImages();
  return stages
    .filter(({ image }) => image !== 'scratch' && !names.has(image) && !known.has(image))
    .map(({ image, from }) => ({
      ...locate(proposal, dockerfile, from.line),
      message: `The image ${image} is in no data`,
      mend: 'Add it to "images" in ecosystem.json, and take it from there with baseImage().',
    }));
}

/** What is wrong with the text as text, and with the comments of the stages. */
export function textProblems({ proposal }: Attempt): readonly Problem[] {
  const text = dockerfileOf(proposal);
  const odd: readonly (readonly [pattern: RegExp, message: string, mend: string])[] = [
    [
      /\bundefined\b|\[object/,
      'A value is no text',
      'Give the template a string: the plan left it out, or gave an object.',
    ],
    [/\{\{|\}\}/, 'Braces are left', 'Close each {{ … }} in the template.'],
    [/\t|\r| $/, 'A tab, a carriage return or a blank at the end', 'Remove it from the value or the template.'],
  ];
  const lines = text.split('\n').flatMap((line, index) =>
    odd
      .filter(([pattern]) => pattern.test(line))
      .map(([, message, mend]) => ({
        ...locate(proposal, text, index + 1),
        message: `${message}: ${JSON.stringify(line)}`,
        mend,
      })),
  );
  const bare = parseDockerfile(text).stages.filter(({ from }) => from.comment.length === 0);
  return [
    ...lines,
    ...bare.map(({ name, from }) => ({
      ...locate(proposal, text, from.line),
      message: `The stage ${name} has no comment`,
      mend: `Put a line above FROM that begins with "# ${name} ".`,
    })),
  ];
}
