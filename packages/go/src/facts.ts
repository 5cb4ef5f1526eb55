import type { Detection, Fact, FoundPort, Note, Place, Project } from '@msb/core';
import type { Cgo } from './cgo.ts';
import type { Embeds } from './embeds.ts';
import type { Generated } from './generate.ts';
import { factsOfLibraries } from './libraries.ts';
import type { MainPackage } from './mains.ts';
import type { ModFile } from './modfile.ts';
import type { GoBuild } from './plan.ts';
import { privateFacts } from './private.ts';
import { programFacts } from './programs.ts';
import { readBy } from './runtime.ts';
import type { Service } from './serves.ts';
import type { Stamp } from './stamp.ts';
import { type BuildTags, tagsFact } from './tags.ts';
import { udpFacts } from './udp.ts';
import { versionFact } from './version.ts';
import type { GoWork } from './workspace.ts';

/** What was read from a project, beside what decides the build. */
export interface Reading {
  readonly build: GoBuild;
  /** The program that an option or the project names; absent where somebody has to choose. */
  readonly main: MainPackage | undefined;
  readonly service: Service;
  readonly work: GoWork | undefined;
  readonly cgo: Cgo | undefined;
  readonly tags: BuildTags;
  readonly generated: Generated;
  readonly embeds: Embeds;
  /** Where a time zone is loaded by name. */
  readonly timeZones: Place | undefined;
}

/** Everything that was found, each with its line, in the order of a build. */
export function factsOf(project: Project, reading: Reading): Detection['facts'] {
  const { build, main, service, work, cgo, timeZones } = reading;
  const { module } = build.module;
  return [
    versionFact(build.go),
    { name: 'module', value: module.value, place: { file: 'go.mod', line: module.line } },
    ...(main ? programFacts(build.programs) : []),
    ...(service.port ? [portFact(service.port)] : []),
    ...udpFacts(service.udp),
    ...moduleFacts(project, build.module, build.vendored),
    ...(work ? [{ name: 'workspace', value: `${work.members.size} modules`, place: { file: work.file } }] : []),
    ...(build.stamp ? [stampFact(build.stamp)] : []),
    ...privateFacts(build.hidden),
    ...(cgo ? [{ name: 'cgo', value: cgo.value, ...(cgo.place && { place: cgo.place }) }] : []),
    ...factsOfLibraries(build.libraries),
    ...tagsFact(reading.tags),
    ...reading.generated.facts,
    ...(reading.embeds.files.length > 0 ? [{ name: 'embedded', value: `${reading.embeds.files.length} files` }] : []),
    ...readBy(build.programs).map(({ path, place }) => ({
      name: 'read at run time',
      value: path,
      ...(place && { place }),
    })),
    ...(timeZones ? [{ name: 'time zones', value: 'compiled in where the base has none', place: timeZones }] : []),
  ];
}

/** The port, and the line that names it. */
const portFact = ({ port, file, line }: FoundPort): Fact => ({
  name: 'port',
  value: String(port),
  place: { file, line },
});

/** Where the version goes, and the line that sets it for a release. */
const stampFact = ({ variables, place }: Stamp): Fact => ({
  name: 'version',
  value: `${variables.join(', ')}, by --build-arg VERSION`,
  place,
});

/** How many modules are required, and which file proves them. */
function moduleFacts(project: Project, mod: ModFile, vendored: boolean): readonly Fact[] {
  if (mod.requires.length === 0) return [{ name: 'modules', value: 'none, the standard library is enough' }];
  const value = `${mod.requires.length} required${vendored ? ', vendored' : ''}`;
  const file = vendored ? 'vendor/modules.txt' : project.has('go.sum') ? 'go.sum' : 'go.mod';
  return [{ name: 'modules', value, place: { file } }];
}

/** Said where modules are downloaded that no go.sum proves. */
export function missingSums({ sums, vendored, downloads }: GoBuild): readonly Note[] {
  if (sums || vendored || downloads.length === 0) return [];
  return [
    {
      message: 'There is no go.sum, so nothing proves that the modules are the ones you tested',
      hint: 'Run go mod tidy and commit go.sum.',
      place: { file: 'go.mod' },
    },
  ];
}
