import type { Project, Workspace } from '@msb/core';
import { frameworks } from '../frameworks/index.ts';
import { dependsOn } from '../package-json.ts';
import { productionScripts } from '../start/names.ts';
import { type Package, readPackages } from './workspace.ts';

export { contextOf } from './workspace.ts';

/** The packages of a workspace, for the choice of one. Throws `broken-file`. */
export function workspaceOf(root: Project): Workspace | undefined {
  const packages = readPackages(root);
  if (packages === undefined) return undefined;
  const { members, place } = packages;
  const own = { folder: '', name: packages.root.name || '.', program: true };
  const others = members.map((item) => ({ folder: item.folder, name: item.name, program: isProgram(item, members) }));
  return { place, members: isApp(packages.root) ? [own, ...others] : others };
}

/** Whether the package with the lockfile is a program itself: its scripts alone may be about the others. */
const isApp = ({ manifest }: Package): boolean =>
  frameworks.some(({ packages }) => packages.some((marker) => manifest.production.has(marker))) ||
  /^(?:\S+=\S+ )*node \S/.test(manifest.scripts.get('start')?.text ?? '');

/** Something that is started or served: nobody depends on it, and it has a script to start it or a framework. */
function isProgram({ name, manifest }: Package, members: readonly Package[]): boolean {
  if (members.some((other) => dependsOn(other.manifest, name))) return false;
  const starts = productionScripts.some((script) => manifest.scripts.has(script));
  return starts || frameworks.some(({ packages }) => packages.some((marker) => dependsOn(manifest, marker)));
}
