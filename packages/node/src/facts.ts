import type { Fact } from '@msb/core';
import { madeFacts } from './frameworks/made.ts';
import type { Found } from './frameworks/select.ts';
import type { NodeBuild } from './plan.ts';
import { placeOf } from './service/service.ts';
import { startText } from './start/start.ts';
import { placesFrom } from './workspaces/home.ts';
import type { Package } from './workspaces/workspace.ts';

/** How many dependencies ship; a site takes none along. */
function dependencyCount(production: number, development: number, framework: Found | undefined): string {
  if (framework?.made.kind === 'site') return `${production + development} for the build, none ships`;
  return production === 0 ? 'none that ship' : `${production} ship, ${development} for development`;
}

/** Everything that was found, and where. */
export function facts({
  home,
  version,
  dependencies,
  manifest,
  build,
  start,
  shipped,
  service,
  native,
  framework,
}: NodeBuild): readonly Fact[] {
  const { production, development } = manifest;
  // the root is counted where it is what ships, and a folder that no workspace knows is none of its packages
  const isMember = (item: Package): boolean => item === home.target || home.workspace?.members.has(item) === true;
  const fact = (name: string, value: string, place: Fact['place']): Fact => ({ name, value, ...(place && { place }) });
  return [
    ...(home.workspace
      ? [
          fact(
            'workspace',
            `${home.built.filter(isMember).length} of its ${home.workspace.size} packages`,
            placesFrom(home)(home.workspace).place,
          ),
        ]
      : []),
    ...(start.program === 'bun' ? [fact('runs on', 'Bun', start.place)] : []),
    fact(
      'Node',
      version.wanted === version.major ? version.major : `${version.major} for ${version.wanted}`,
      version.place,
    ),
    fact('package manager', dependencies.manager, dependencies.place),
    fact(
      'dependencies',
      dependencyCount(production.size, development.size, framework),
      manifest.place(production.size === 0 ? 'name' : 'dependencies'),
    ),
    ...native.scripts.map(({ name, place }) => fact('native addon', name, place)),
    ...(framework ? madeFacts(framework) : []),
    ...(build ? [fact('build', build.name, build.place)] : []),
    ...(shipped.kind === 'output' ? [fact('output', shipped.folder, undefined)] : []),
    ...(framework?.made.kind === 'site' ? [] : [fact('start', startText(start), start.place)]),
    ...(service.port ? [fact('port', String(service.port.port), service.port)] : []),
    ...(service.hostVariable
      ? [fact('address', `${service.hostVariable.match[1]}=0.0.0.0`, placeOf(service.hostVariable))]
      : []),
  ];
}
