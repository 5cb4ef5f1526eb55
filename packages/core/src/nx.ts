import { createRequire } from 'node:module';
import type { Tree as NxTree, ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { Ecosystem } from './ecosystem.ts';
import { inOneMessage, MsbError } from './errors.ts';
import { inspect, settle } from './inspect.ts';
import { proofInputs } from './nx-inputs.ts';
import type { GivenOptions } from './options/schema.ts';
import { Project } from './project/project.ts';
import { propose } from './propose.ts';
import { apply, type ConflictPolicy, nextCommands, type Report } from './scaffold.ts';
import { candidates } from './select.ts';
import { normalize } from './tree/tree.ts';

/** What `schema.json` declares for every `dockerfile` generator, beside the ecosystem's own options. */
export interface NxOptions extends Readonly<Record<string, unknown>> {
  /** A project's name, or the path of a folder. */
  readonly project?: string;
  readonly onConflict?: ConflictPolicy;
  /** Name of the target that builds the image; empty for none. */
  readonly target?: string;
  /** Name of the target that proves it; empty for none. */
  readonly verifyTarget?: string;
}

/** The functions of Nx's devkit that are needed. `nx` itself carries them, so `@nx/devkit` may be absent. */
type Devkit = Pick<
  typeof import('@nx/devkit'),
  'getProjects' | 'readProjectConfiguration' | 'updateProjectConfiguration'
>;

function loadDevkit(): Devkit {
  const require = createRequire(import.meta.url);
  try {
    return require('@nx/devkit');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    return require('nx/src/devkit-exports');
  }
}

const ownOptions = new Set(['project', 'onConflict', 'target', 'verifyTarget']);

/**
 * Turns an ecosystem into an Nx generator. Nx has asked its questions already (from schema.json), so what is still
 * open takes its suggestion; what has none throws an `MsbError`.
 */
export function nxGenerator(ecosystem: Ecosystem) {
  return async (tree: NxTree, nxOptions: NxOptions): Promise<void> => {
    try {
      generate(ecosystem, tree, nxOptions);
    } catch (error) {
      throw inOneMessage(error);
    }
  };
}

function generate(ecosystem: Ecosystem, tree: NxTree, nxOptions: NxOptions): void {
  const devkit = loadDevkit();
  const [name, project] = findProject(devkit, tree, nxOptions.project, ecosystem);
  const options: GivenOptions = Object.fromEntries(
    Object.entries(nxOptions).filter(([key]) => !ownOptions.has(key)),
  ) as GivenOptions;
  const request = { tree, folder: project.root, ecosystems: [ecosystem], ecosystem: ecosystem.manifest.id, options };
  const proposal = propose(settle(inspect(request)));
  const report = apply(proposal, nxOptions.onConflict ?? 'error');
  if (name !== undefined) {
    const [build = '', , prove = ''] = nextCommands(proposal, '.');
    const targets = {
      ...(!infersDocker(tree) && { [nxOptions.target ?? 'docker-build']: runs(build) }),
      [nxOptions.verifyTarget ?? 'docker-verify']: {
        ...runs(prove.replace(/^npx /, 'npx --yes ')), // nobody answers npx here
        cache: true,
        inputs: [...proofInputs(proposal)],
      },
    };
    addTargets(devkit, tree, name, targets);
  }
  explain(report);
}

type Named = readonly [name: string | undefined, project: ProjectConfiguration];

/** The project of this name, or the folder; without either, the only one that the ecosystem knows. */
function findProject(devkit: Devkit, tree: NxTree, wanted: string | undefined, ecosystem: Ecosystem): Named {
  const projects = devkit.getProjects(tree);
  const named = wanted === undefined ? undefined : projects.get(wanted);
  if (named) return [wanted, named];
  if (wanted !== undefined) {
    const root = normalize(wanted);
    if (!tree.exists(root)) {
      throw new MsbError(
        'bad-option',
        `The workspace has no project or folder ${JSON.stringify(wanted)}`,
        `Its projects are ${[...projects.keys()].sort().join(', ') || 'none yet'}.`,
      );
    }
    return [...projects].find(([, project]) => normalize(project.root) === root) ?? [undefined, { root }];
  }
  const fitting = [...projects].filter(([, { root }]) => candidates(new Project(tree, root), [ecosystem]).length > 0);
  const [only, second] = fitting;
  if (only && !second) return only;
  const { title, id } = ecosystem.manifest;
  throw new MsbError(
    'open-question',
    only ? `Several ${title} projects: ${fitting.map(([name]) => name).join(', ')}` : `No ${title} project found`,
    `Name one: nx g @msb/${id}:dockerfile <project or folder>.`,
  );
}

type Targets = Readonly<Record<string, TargetConfiguration>>;

const runs = (command: string): TargetConfiguration => ({
  executor: 'nx:run-commands',
  options: { command, cwd: '{projectRoot}' },
});

/** Adds targets, unless they are there or not wanted: those have no name. */
function addTargets(devkit: Devkit, tree: NxTree, name: string, wanted: Targets): void {
  const project = devkit.readProjectConfiguration(tree, name);
  const missing = Object.entries(wanted).filter(([target]) => target !== '' && project.targets?.[target] === undefined);
  if (missing.length === 0) return;
  const targets = { ...project.targets, ...Object.fromEntries(missing) };
  devkit.updateProjectConfiguration(tree, name, { ...project, targets });
}

/** Whether the plugin @nx/docker infers targets that build images already. */
function infersDocker(tree: NxTree): boolean {
  const nxJson: { plugins?: readonly (string | { plugin: string })[] } = JSON.parse(
    tree.read('nx.json', 'utf8') ?? '{}',
  );
  return (nxJson.plugins ?? []).some(
    (plugin) => (typeof plugin === 'string' ? plugin : plugin.plugin) === '@nx/docker',
  );
}

function explain({ facts, notes }: Report): void {
  const line = (text: string, place?: { file: string; line?: number }): string =>
    `  ${text}${place ? `  (${place.file}${place.line ? `:${place.line}` : ''})` : ''}`;
  for (const fact of facts) console.log(line(`${fact.name} ${fact.value}`, fact.place));
  for (const note of notes) console.log(line(`! ${note.message}. ${note.hint}`, note.place));
}
