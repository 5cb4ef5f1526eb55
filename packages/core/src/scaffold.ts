import { posix } from 'node:path';
import type { Account } from './account/access.ts';
import { volumeArgs } from './account/notes.ts';
import type { Finding } from './check/finding.ts';
import { bakeCommand } from './deploy/delivery.ts';
import { shellWord } from './dockerfile/quote.ts';
import type { Fact, Note } from './ecosystem.ts';
import { MsbError } from './errors.ts';
import { inspect, type Request, settle } from './inspect.ts';
import type { Options } from './options/schema.ts';
import { buildArgs, portWords, targetsOf } from './plan.ts';
import { checkProposal, type Proposal, type ProposedFile, propose, proposedRecord } from './propose.ts';
import { join, relative } from './tree/tree.ts';

/** What to do with a file that is not ours, or that was edited since. */
export const conflictPolicies = ['error', 'keep', 'overwrite'] as const;
/** One of {@link conflictPolicies}. */
export type ConflictPolicy = (typeof conflictPolicies)[number];

/** What happened to a file; `conflict` is what {@link apply} refuses, so only a preview has it. */
export interface WrittenFile {
  readonly path: string;
  readonly action: 'create' | 'update' | 'overwrite' | 'keep' | 'unchanged' | 'conflict';
  readonly bytes: number;
}

/** The result of a run, as `--json` prints it. */
export interface Report {
  readonly ecosystem: string;
  /** The folder of the files, relative to the one that was asked for: not `''` only for a package of a workspace. */
  readonly project: string;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
  readonly options: Options;
  /** What is read and written, and what became of it. */
  readonly account: Account;
  readonly files: readonly WrittenFile[];
  /** What the check of the final Dockerfile found; empty for files of ours. */
  readonly findings: readonly Finding[];
  /** Commands to go on with. */
  readonly next: readonly string[];
}

/** The whole road without a question: inspect, take suggestions, compose, check, write into the tree. */
export function scaffold(request: Request, onConflict: ConflictPolicy = 'error'): Report {
  return apply(propose(settle(inspect(request))), onConflict);
}

/** What decides about files that are not ours, or were edited: one policy for all of them, or one for each path. */
type Policies = ConflictPolicy | Readonly<Record<string, ConflictPolicy>>;

/**
 * Writes a proposal into its tree (a `DiskTree` still has to be flushed). Throws `conflict` when `onConflict` says
 * `error`, or nothing, of a file that is in the way, and then nothing was written.
 */
export function apply(proposal: Proposal, onConflict: Policies = 'error'): Report {
  const { files, kept } = decide(proposal, onConflict);
  refuse(
    proposal,
    files.filter(({ action }) => action === 'conflict').map(({ path }) => path),
  );
  const { tree, folder } = proposal.inspection.project;
  for (const { path, text, action } of files) {
    if (action !== 'keep' && action !== 'unchanged') tree.write(join(folder, path), text);
  }
  return report(proposal, files, kept);
}

/** What {@link apply} would do, conflicts included. Writes nothing and refuses nothing. */
export function preview(proposal: Proposal, onConflict: Policies = 'error'): Report {
  const { files, kept } = decide(proposal, onConflict);
  return report(proposal, files, kept);
}

type Decided = ProposedFile & Pick<WrittenFile, 'action'>;

const decisions = { error: 'conflict', keep: 'keep', overwrite: 'overwrite' } as const;

function decide(proposal: Proposal, onConflict: Policies): { files: readonly Decided[]; kept: ReadonlySet<string> } {
  const policy = (path: string): ConflictPolicy =>
    typeof onConflict === 'string' ? onConflict : (onConflict[path] ?? 'error');
  const decided = (file: ProposedFile): Decided => ({
    ...file,
    action: file.state === 'conflict' ? decisions[policy(file.path)] : file.state,
  });
  const files = proposal.files.map(decided);
  const kept = new Set(files.filter(({ action }) => action === 'keep').map(({ path }) => path));
  return { files: [...files, ...recordUnlessAllKept(proposal, kept).map(decided)], kept };
}

function recordUnlessAllKept(proposal: Proposal, kept: ReadonlySet<string>): Proposal['files'] {
  return proposal.files.every(({ path }) => kept.has(path)) ? [] : [proposedRecord(proposal, kept)];
}

function refuse({ inspection }: Proposal, paths: readonly string[]): void {
  const [file] = paths;
  if (file === undefined) return;
  const why = (path: string): string =>
    inspection.record?.files[path] === undefined
      ? `${path} already exists and was not written by msb`
      : `You edited ${path} since msb wrote it`;
  throw new MsbError(
    'conflict',
    paths.map(why).join('; '),
    'Say what to do: --on-conflict keep or --on-conflict overwrite.',
    { file },
  );
}

function report(proposal: Proposal, files: readonly Decided[], kept: ReadonlySet<string>): Report {
  const { ecosystem, detection, options } = proposal.inspection;
  return {
    ecosystem: ecosystem.manifest.id,
    project: relative(proposal.inspection.request.folder ?? '', proposal.inspection.project.folder),
    facts: detection.facts,
    notes: proposal.notes,
    account: proposal.account,
    options,
    files: files.map(({ path, text, current, action }) => {
      const final = action === 'keep' ? (current ?? '') : text;
      return { path, action, bytes: Buffer.byteLength(final) };
    }),
    findings: checkProposal(proposal, kept),
    next: nextCommands(proposal),
  };
}

/** Where a port is published on the machine: one below 1024 needs a privilege there. */
const outside = (port: number): number => (port < 1024 ? 8000 + port : port);

/**
 * How to build, start and prove the image, and how to build the others of the plan; `where` is the folder that was asked
 * for, as the person who runs the commands would write it.
 */
export function nextCommands(
  { inspection, plan }: Proposal,
  where: string = inspection.request.folder || '.',
): readonly string[] {
  const { options, detection } = inspection;
  const name = String(options.name);
  const init = detection.needsInit ? ' --init' : '';
  const publish = portWords(plan.runtime).map((word) => ` -p ${outside(Number.parseInt(word, 10))}:${word}`);
  const volumes = volumeArgs(name, plan.runtime.volumes ?? []).map((word) => ` ${word}`);
  const settings = (plan.settings ?? []).slice(0, 6).map(({ name: variable }) => ` -e ${variable}=…`);
  const { project, request } = inspection;
  const path = (to: string, ...names: readonly string[]): string =>
    shellWord(posix.join(where, relative(request.folder ?? '', to), ...names), 'The name of the folder');
  const folder = path(project.context);
  const given = buildArgs(plan);
  const file = project.up === '' ? [] : [`-f ${path(project.folder, 'Dockerfile')}`];
  const build = ['docker build', ...file, ...given].join(' ');
  const own = path(project.folder);
  const bake = bakeCommand(inspection);
  return [
    `${build} -t ${name} ${folder}`,
    `docker run --rm${init} --read-only --tmpfs /tmp${publish.join('')}${volumes.join('')}${settings.join('')} ${name}`,
    ['npx create-msb-docker verify', ...(own === '.' ? [] : [own]), ...(given.length > 0 ? ['--', ...given] : [])].join(
      ' ',
    ),
    ...targetsOf(plan).map((target) => `${build} --target ${target} -t ${target} ${folder}`),
    ...(bake === undefined ? [] : [folder === '.' ? bake : `cd ${folder} && ${bake}`]),
  ];
}
