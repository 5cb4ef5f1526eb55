import { at, join, keysOf, type Project, readJson, textAt } from '@msb/core';
import { outputFolder } from '../build.ts';

const file = 'nest-cli.json';

/**
 * What `nest start` runs when it has compiled: `dist/main`, or `dist/apps/api/main` of several applications in one
 * repository (https://docs.nestjs.com/cli/monorepo). `undefined` for any other command.
 */
export function nestCommand(project: Project, args: readonly string[]): readonly string[] | undefined {
  const [command, name] = args.filter((word) => !word.startsWith('-'));
  if (command !== 'start') return undefined;
  const settings = project.has(file) ? readJson(project, file).value : undefined;
  const projects = at(settings, 'projects');
  const application =
    name ?? keysOf(projects).find((key) => textAt(projects, key, 'root') === textAt(settings, 'root'));
  const own = application === undefined ? undefined : at(projects, application);
  const entry = textAt(own, 'entryFile') ?? textAt(settings, 'entryFile') ?? 'main';
  const folder = own === undefined ? '' : (textAt(own, 'root') ?? '');
  return ['node', join(outputFolder(project) ?? 'dist', folder, entry)];
}
