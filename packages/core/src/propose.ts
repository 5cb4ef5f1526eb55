import type { Account } from './account/access.ts';
import { settleAccount } from './account/account.ts';
import type { Composed } from './account/settle.ts';
import { toRecord } from './borrowed.ts';
import { checkDockerfile } from './check/check.ts';
import type { Finding } from './check/finding.ts';
import { composeDockerfile } from './compose.ts';
import { deliveryFiles } from './deploy/delivery.ts';
import { parseDockerfile } from './dockerfile/parse.ts';
import { contextPath, contextReads } from './dockerfile/reads.ts';
import type { Note } from './ecosystem.ts';
import { composeIgnore } from './ignore/compose.ts';
import type { Inspection } from './inspect.ts';
import type { GivenOptions } from './options/schema.ts';
import { type BuildPlan, targetsOf } from './plan.ts';
import type { Project } from './project/project.ts';
import { recordFile, recordText } from './record.ts';
import { type TemplateFolders, templateFolders } from './render/templates.ts';

/**
 * What writing a file would mean: `conflict` is a file of the user's, or one of ours that they edited; `update` one of
 * ours as we left it.
 */
export type FileState = 'create' | 'update' | 'unchanged' | 'conflict';

/** A file to write. `path` is relative to the project. */
export interface ProposedFile {
  readonly path: string;
  readonly text: string;
  /** The text that is there now. */
  readonly current: string | undefined;
  readonly state: FileState;
  /** Of a conflict: msb wrote the file, and somebody edited it since. */
  readonly edited: boolean;
}

/** Everything that would be written, before anything is. */
export interface Proposal {
  readonly inspection: Inspection;
  readonly plan: BuildPlan;
  /** What is read and written, and what became of it. */
  readonly account: Account;
  /** What the user should know: what the detection says, then what the account adds. */
  readonly notes: readonly Note[];
  readonly files: readonly ProposedFile[];
}

/** Composes the files of a project whose questions are all answered. Throws an `MsbError`. */
export function propose(inspection: Inspection): Proposal {
  const { ecosystem, project, detection, options } = inspection;
  const known = [...inspection.request.ecosystems, ecosystem]; // a plan may join stages of several
  const folders = templateFolders(known);
  const ignored = ecosystem.manifest.ignore;
  const compose = (one: BuildPlan): Composed => composed(one, project, ignored, folders);
  const { manifest } = ecosystem;
  const { plan, account, notes } = settleAccount(detection.plan(options), { project, manifest, options }, compose);
  const { dockerfile, dockerignore } = compose(plan);
  const files = [
    file(inspection, 'Dockerfile', dockerfile),
    file(inspection, ignoreFile(project), dockerignore),
    ...deliveryFiles(inspection, plan, dockerfile, folders).map(({ path, text }) => file(inspection, path, text)),
  ];
  return { inspection, plan, account, notes: [...detection.notes, ...notes], files };
}

/** The Dockerfile of a plan, and an ignore file that drops nothing of what that reads. */
function composed(plan: BuildPlan, project: Project, ignored: readonly string[], folders: TemplateFolders): Composed {
  const dockerfile = composeDockerfile(plan, folders);
  const reads = contextReads(parseDockerfile(dockerfile)).map(({ path }) => contextPath(path));
  const needs = [...new Set([...reads.filter((path) => path !== ''), ...plan.needs])];
  const dockerignore = composeIgnore(project.root, [...ignored, ...plan.ignore], needs, project.inContext(''));
  return { dockerfile, dockerignore };
}

/**
 * The name of the file with the ignored patterns. Several images may share a context that is not the project's own
 * folder, so it lies beside the Dockerfile: https://docs.docker.com/build/concepts/context/#filename-and-location
 */
export const ignoreFile = (project: Project): string =>
  project.up === '' ? '.dockerignore' : 'Dockerfile.dockerignore';

function file({ project, record }: Inspection, path: string, text: string): ProposedFile {
  const current = project.text(path);
  const ours = current !== undefined && current === record?.files[path];
  const state = current === undefined ? 'create' : current === text ? 'unchanged' : ours ? 'update' : 'conflict';
  return { path, text, current, state, edited: state === 'conflict' && record?.files[path] !== undefined };
}

/** The record of a proposal. `kept` names files that stay the user's and so are not recorded. */
export function proposedRecord({ inspection, files }: Proposal, kept: ReadonlySet<string> = new Set()): ProposedFile {
  const { ecosystem, given, project, record } = inspection;
  const written = files.filter(({ path }) => !kept.has(path));
  const generated = written.map(({ path, text }) => [path, text]);
  const text = recordText({
    version: 1,
    ecosystem: ecosystem.manifest.id,
    options: { ...lost(inspection, written), ...given },
    files: Object.fromEntries(generated),
    ...(ecosystem.borrowed && { templates: toRecord(ecosystem.borrowed, project) }),
    ...(record?.verify !== undefined && { verify: record.verify }),
  });
  const { state, ...rest } = file(inspection, recordFile, text);
  return { ...rest, state: state === 'conflict' ? 'update' : state };
}

/**
 * What a file says that is about to be overwritten, such as the port that the user's own Dockerfile exposes: recorded,
 * or the next run would come to another result.
 */
function lost({ detection }: Inspection, written: readonly ProposedFile[]): GivenOptions {
  const conflicts = new Set(written.filter(({ state }) => state === 'conflict').map(({ path }) => path));
  const names = detection.facts.filter(({ place }) => place && conflicts.has(place.file)).map(({ name }) => name);
  return Object.fromEntries(names.flatMap((name) => (name in detection.found ? [[name, detection.found[name]]] : [])));
}

/** Checks the Dockerfile that a project will have: the proposed one, or the user's where it is kept. */
export function checkProposal(proposal: Proposal, kept: ReadonlySet<string> = new Set()): readonly Finding[] {
  const { inspection, plan, files } = proposal;
  const final = (path: string): string => {
    const found = files.find((candidate) => candidate.path === path);
    return (kept.has(path) ? found?.current : found?.text) ?? '';
  };
  return checkDockerfile(final('Dockerfile'), {
    project: inspection.project.root,
    dockerignore: final(ignoreFile(inspection.project)),
    ...(kept.has('Dockerfile')
      ? { needs: [], foreign: true }
      : { needs: plan.needs, targets: targetsOf(plan), account: proposal.account, of: inspection.project }),
  });
}
