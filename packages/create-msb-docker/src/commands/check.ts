import { dirname } from 'node:path';
import {
  type Account,
  borrowedText,
  checkDockerfile,
  DiskTree,
  type Finding,
  isOurs,
  namedHere,
  Project,
  parseDockerfile,
  propose,
  readRecord,
} from '@msb/core';
import type { Host } from '../cli.ts';
import { paint as makePaint, type Paint, visible, wantsColour } from '../terminal.ts';
import { type CommandFlag, commonFlags, helpOf, readWords } from './flags.ts';
import { inspectTarget } from './known.ts';
import { contextProject, findTarget, ignoreOf, type Target } from './target.ts';

export const checkFlags: readonly CommandFlag[] = [
  {
    name: 'context',
    value: 'folder',
    about: 'the build context, where it is not the folder that has what the file reads',
  },
  ...commonFlags,
];

const help = helpOf(
  'check [folder or Dockerfile …] [flags]',
  `Checks Dockerfiles without Docker: BuildKit's rules where they exist, and ours. A line
"# check=skip=Rule" at the top of a file waives a rule. Says whether a newer template would change a file of ours.
Exit code 5 when something is found, so that it can be a pre-commit hook.`,
  checkFlags,
);

/** What was found in one file. */
interface Checked {
  readonly file: string;
  readonly stages: number;
  readonly findings: readonly Finding[];
  /** Of a file of ours: how many lines a run of create-msb-docker would change; absent for those of others. */
  readonly outdatedLines?: number;
  /** Of a file of ours: whose templates it was made with, as `--templates` takes it here, and which of them. */
  readonly templates?: { readonly from: string; readonly replaced: readonly string[] };
}

/** `create-msb-docker check`: resolves to the exit code. Throws an `MsbError`. */
export async function check(args: readonly string[], host: Host): Promise<number> {
  const words = readWords(args, checkFlags);
  if (words.has('help')) {
    host.stdout.write(help);
    return 0;
  }
  const checked: Checked[] = [];
  for (const path of words.paths.length > 0 ? words.paths : ['.']) {
    checked.push(await checkTarget(findTarget(path, words.text('context'))));
  }
  const good = checked.every(({ findings }) => findings.length === 0);
  if (words.has('json')) host.stdout.write(`${JSON.stringify({ good, files: checked }, null, 2)}\n`);
  else host.stdout.write(checked.map((one) => text(one, makePaint(wantsColour(host.stdout, host.env)))).join(''));
  return good ? 0 : 5;
}

async function checkTarget(target: Target): Promise<Checked> {
  const ours = isOurs(target.text);
  const newer = ours ? await newest(target) : undefined;
  const templates = ours ? borrowedBy(target) : undefined;
  const findings = checkDockerfile(target.text, {
    project: contextProject(target),
    dockerignore: ignoreOf(target),
    needs: [],
    foreign: !ours,
    targets: newer?.targets ?? [],
    ...newer?.known,
  });
  return {
    file: target.shown,
    stages: parseDockerfile(target.text).stages.length,
    findings,
    // with our templates alone the file would be another one, and not for being old
    ...(templates === undefined
      ? newer?.outdatedLines !== undefined && { outdatedLines: newer.outdatedLines }
      : { templates }),
  };
}

/** What the project of a file tells of it today. */
interface Newest {
  readonly outdatedLines?: number;
  readonly targets: readonly string[];
  readonly known?: { readonly account: Account; readonly of: Project };
}

/** The file as today's templates would write it, held against how they wrote it then: edits of the user's do not count. */
async function newest(target: Target): Promise<Newest> {
  const inspection = await inspectTarget(target);
  if (inspection === undefined) return { targets: [] };
  const { files, plan, account } = propose(inspection);
  const known = { account, of: inspection.project };
  const targets = (plan.others ?? []).flatMap(({ target: name }) => name ?? []);
  const recorded = inspection.record?.files.Dockerfile;
  const today = files.find(({ path }) => path === 'Dockerfile')?.text;
  if (recorded === undefined || today === undefined) return { targets, known };
  return { outdatedLines: differentLines(recorded, today), targets, known };
}

/** Whose templates a file was made with, by the record beside it; `undefined` where they are ours. */
function borrowedBy({ file }: Target): Checked['templates'] {
  const project = new Project(new DiskTree(dirname(file)));
  const recorded = readRecord(project)?.templates;
  return recorded && { from: namedHere(recorded, project), replaced: recorded.replaced };
}

/** Lines of either text that the other one lacks, the larger number of the two. */
export function differentLines(before: string, after: string): number {
  const missing = (from: string, to: string): number => {
    const left = new Map<string, number>();
    for (const line of to.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
    return from.split('\n').filter((line) => {
      const count = left.get(line) ?? 0;
      left.set(line, count - 1);
      return count <= 0;
    }).length;
  };
  return Math.max(missing(before, after), missing(after, before));
}

function text({ file, stages, findings, outdatedLines = 0, templates }: Checked, paint: Paint): string {
  const rows = findings.map(
    ({ rule, line, message, hint }) =>
      `  ${paint.yellow('!')} ${visible(file)}:${line}  ${visible(message)} ${paint.dim(`(${rule})`)}\n    ${paint.dim(visible(hint))}\n`,
  );
  const good = `  ${paint.green('✓')} ${visible(file)}  ${stages === 1 ? '1 stage' : `${stages} stages`}, nothing found\n`;
  const lines = outdatedLines === 1 ? '1 line' : `${outdatedLines} lines`;
  const newer = outdatedLines > 0 ? `    A newer template changes ${lines}: see create-msb-docker --dry-run.\n` : '';
  const theirs = templates
    ? `    Made with ${visible(borrowedText(templates))}: see create-msb-docker --templates ${visible(templates.from)} --dry-run for what is new there.\n`
    : '';
  return (rows.length > 0 ? rows.join('') : good) + newer + theirs;
}
