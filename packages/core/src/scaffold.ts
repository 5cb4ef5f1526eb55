import type { Finding } from './check/finding.ts';
import { shellWord } from './dockerfile/quote.ts';
import type { Fact, Note } from './ecosystem.ts';
import { MsbError } from './errors.ts';
import { inspect, type Request, settle } from './inspect.ts';
import type { Options } from './options/schema.ts';
import { checkProposal, type Proposal, propose, proposedRecord, targetsOf } from './propose.ts';
import { join } from './tree/tree.ts';

/** What to do with a file that is not ours, or that was edited since. */
export const conflictPolicies = ['error', 'keep', 'overwrite'] as const;
export type ConflictPolicy = (typeof conflictPolicies)[number];

/** What happened to a file. */
export interface WrittenFile {
  readonly path: string;
  readonly action: 'create' | 'update' | 'overwrite' | 'keep' | 'unchanged';
  readonly bytes: number;
}

/** The result of a run, as `--json` prints it. */
export interface Report {
  readonly ecosystem: string;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
  readonly options: Options;
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

/**
 * Writes a proposal into its tree (a `DiskTree` still has to be flushed). `onConflict` decides for every file, or for
 * each by its path. Throws `conflict`, and then nothing was written.
 */
export function apply(
  proposal: Proposal,
  onConflict: ConflictPolicy | Readonly<Record<string, ConflictPolicy>> = 'error',
): Report {
  const policy = (path: string): ConflictPolicy =>
    typeof onConflict === 'string' ? onConflict : (onConflict[path] ?? 'error');
  const conflicts = proposal.files.filter((file) => file.state === 'conflict');
  refuse(
    proposal,
    conflicts.filter((file) => policy(file.path) === 'error').map((file) => file.path),
  );
  const kept = new Set(conflicts.filter((file) => policy(file.path) === 'keep').map((file) => file.path));
  const files = [...proposal.files, ...recordUnlessAllKept(proposal, kept)];
  const { tree, folder = '' } = proposal.inspection.request;
  const written = files.map(({ path, text, current, state }): WrittenFile => {
    const action = kept.has(path) ? 'keep' : state === 'conflict' ? 'overwrite' : state;
    if (action !== 'keep' && action !== 'unchanged') tree.write(join(folder, path), text);
    return { path, action, bytes: Buffer.byteLength(action === 'keep' ? (current ?? '') : text) };
  });
  return report(proposal, written, checkProposal(proposal, kept));
}

function recordUnlessAllKept(proposal: Proposal, kept: ReadonlySet<string>): Proposal['files'] {
  return proposal.files.every(({ path }) => kept.has(path)) ? [] : [proposedRecord(proposal, kept)];
}

function refuse({ inspection }: Proposal, paths: readonly string[]): void {
  const [file] = paths;
  if (file === undefined) return;
  const why = (path: string): string =>
    inspection.record?.files[path] === undefined ? `${path} exists and is not ours` : `${path} was edited since`;
  throw new MsbError(
    'conflict',
    paths.map(why).join('; '),
    'Say what to do: --on-conflict keep or --on-conflict overwrite.',
    { file },
  );
}

function report(proposal: Proposal, files: readonly WrittenFile[], findings: readonly Finding[]): Report {
  const { ecosystem, detection, options } = proposal.inspection;
  return {
    ecosystem: ecosystem.manifest.id,
    facts: detection.facts,
    notes: detection.notes,
    options,
    files,
    findings,
    next: nextCommands(proposal),
  };
}

/** How to build and start the image, and how to build the others of the plan. */
export function nextCommands({ inspection, plan }: Proposal): readonly string[] {
  const { options, request, detection } = inspection;
  const name = String(options.name);
  const port = Number(options.port ?? 0);
  const init = detection.needsInit ? ' --init' : '';
  const publish = port > 0 ? ` -p ${port < 1024 ? 8000 + port : port}:${port}` : '';
  const folder = shellWord(request.folder || '.');
  return [
    `docker build -t ${name} ${folder}`,
    `docker run --rm${init} --read-only --tmpfs /tmp${publish} ${name}`,
    ...targetsOf(plan).map((target) => `docker build --target ${target} -t ${target} ${folder}`),
  ];
}
