import { at, itemsOf, type Project, readJson, shellWord, type Value } from '@msb/core';
import { dependsOn, type PackageJson, type Script } from '../package-json.ts';
import type { Home } from './home.ts';

/**
 * The command of Turborepo that builds the target, where its build wants more than the builds of what it depends on:
 * code that another task generates, for instance (https://turborepo.com/docs/reference/configuration#dependson).
 * `undefined` where running the scripts in order does the same.
 */
export function turboCommand({ root, target, workspace }: Home): string | undefined {
  if (workspace === undefined || !root.project.has('turbo.json') || !dependsOn(root.manifest, 'turbo'))
    return undefined;
  const tasks = tasksOf(root.project);
  const wants = [`${target.name}#build`, 'build'].flatMap((task) => itemsOf(at(tasks, task, 'dependsOn')));
  if (wants.every((task) => task === '^build')) return undefined;
  // In its strict mode no variable of the build reaches the tasks: neither those of our stages nor an ARG.
  return `npx turbo run build --env-mode=loose --filter=${shellWord(target.name, 'The name of a package')}`;
}

/** The tasks of turbo.json, which Turborepo 1 calls a pipeline. */
function tasksOf(root: Project): Value {
  const { value } = readJson(root, 'turbo.json');
  return at(value, 'tasks') ?? at(value, 'pipeline');
}

/** Scripts of a package that Turborepo runs before any build: `"dependsOn": ["^db:generate"]`. */
export function turboScripts({ root }: Project, { scripts }: PackageJson): readonly Script[] {
  if (!root.has('turbo.json')) return [];
  const names = itemsOf(at(tasksOf(root), 'build', 'dependsOn')).map((task) => String(task).replace(/^\^|^.*#/, ''));
  return names.flatMap((name) => scripts.get(name) ?? []);
}
