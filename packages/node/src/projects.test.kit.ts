import { type BuildPlan, type GivenOptions, inspect, MemoryTree, MsbError, Project, propose, settle } from '@msb/core';
import { node } from './index.ts';
import { type PackageJson, readPackageJson } from './package-json.ts';

type Files = Readonly<Record<string, string>>;

/** A package.json as text, for tests. */
export const json = (value: unknown): string => JSON.stringify(value, null, 2);

export const projectOf = (files: Files): Project => new Project(new MemoryTree(files));

/** A project and its package.json. */
export function packageOf(value: unknown, files: Files = {}): { project: Project; manifest: PackageJson } {
  const project = projectOf({ 'package.json': json(value), ...files });
  return { project, manifest: readPackageJson(project) };
}

/** Everything that the tool says about a project, without a question. */
export function scaffolded(value: unknown, files: Files = {}, options: GivenOptions = {}) {
  const tree = new MemoryTree({ 'package.json': typeof value === 'string' ? value : json(value), ...files });
  const proposal = propose(settle(inspect({ tree, ecosystems: [node], options })));
  const text = (path: string): string => proposal.files.find((file) => file.path === path)?.text ?? '';
  const { detection, options: resolved } = proposal.inspection;
  const { facts, notes } = detection;
  const plan: BuildPlan = proposal.plan;
  const [dockerfile, dockerignore] = [text('Dockerfile'), text('.dockerignore')];
  return { plan, dockerfile, dockerignore, facts, notes, told: proposal.notes, options: resolved };
}

/** The error of something that must not work. */
export function errorOf(run: () => unknown): MsbError {
  try {
    run();
  } catch (error) {
    if (error instanceof MsbError) return error;
    throw error;
  }
  throw new Error('it worked');
}
