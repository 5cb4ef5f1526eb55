import {
  type Detection,
  type Fact,
  type GivenOptions,
  givenText,
  imageName,
  MsbError,
  type Note,
  type Project,
} from '@msb/core';
import { findEmbeds } from './embeds.ts';
import { defaultMain, findMains, goSources, type MainPackage, mainChoices, namedMain } from './mains.ts';
import { type ModFile, moduleName, readModFile } from './modfile.ts';
import { type GoBuild, planGo } from './plan.ts';
import { findService } from './serves.ts';
import { chooseGo } from './version.ts';

/** Modules that are no use without a C compiler (https://go.dev/wiki/cgo). */
const cgoModules = new Set([
  'github.com/mattn/go-sqlite3',
  'github.com/confluentinc/confluent-kafka-go',
  'github.com/confluentinc/confluent-kafka-go/v2',
  'github.com/marcboeker/go-duckdb',
  'github.com/otiai10/gosseract',
  'gopkg.in/gographics/imagick.v3',
]);

/** Reads a Go module. */
export function detectGo(project: Project, given: GivenOptions): Detection {
  const mod = readModFile(project);
  refuseUnsupported(mod);
  const go = chooseGo(mod, givenText(given, 'goVersion'));
  const name = moduleName(mod.module.value);
  const wanted = givenText(given, 'main');
  const mains = wanted === undefined ? findMains(project) : [namedMain(project, wanted)];
  const main = mains.length === 1 ? mains[0] : undefined;
  const suggested = main ?? defaultMain(mains, name);
  const sources = goSources(project);
  const embeds = findEmbeds(project, sources);
  const service = findService(project, sources, suggested?.path ?? '.');
  const timeZones = project.search(sources, [/\btime\.LoadLocation\(/]);
  const vendored = project.has('vendor/modules.txt');
  const build: Omit<GoBuild, 'main'> = {
    go,
    module: mod,
    manifests: manifests(project, mod),
    needs: ['go.mod', ...(vendored ? ['vendor/modules.txt'] : []), ...sources, ...embeds.files],
    vendored,
    sums: project.has('go.sum'),
    timeZones: timeZones !== undefined,
  };
  return {
    facts: [
      { name: 'Go', value: go.wanted, ...(go.place && { place: go.place }) },
      { name: 'module', value: mod.module.value, place: { file: 'go.mod', line: mod.module.line } },
      ...(main ? [{ name: 'main', value: main.path, place: { file: main.file, line: main.line } }] : []),
      ...(service.port ? [{ name: 'port', value: String(service.port.port), place: service.port }] : []),
      ...moduleFacts(project, mod, vendored),
      ...(embeds.files.length > 0 ? [{ name: 'embedded', value: `${embeds.files.length} files` }] : []),
      ...(timeZones ? [{ name: 'time zones', value: 'compiled in', place: timeZones }] : []),
    ],
    found: {
      name: imageName(suggested && suggested.path !== '.' ? suggested.path : name),
      ...(main && { main: main.path }),
      ...(service.port && { port: service.port.port }),
    },
    suggested: { ...(suggested && { main: suggested.path }), port: 8080 },
    choices: { main: mainChoices(mains) },
    unused: service.serves ? [] : ['port'],
    notes: [...missingSums(build), ...embeds.notes, ...service.notes],
    plan: (options) => planGo({ ...build, main: resolveMain(project, mains, String(options.main)) }, options),
  };
}

const resolveMain = (project: Project, mains: readonly MainPackage[], path: string): MainPackage =>
  mains.find((main) => main.path === path) ?? namedMain(project, path);

function refuseUnsupported(mod: ModFile): void {
  const cgo = mod.requires.find(({ value, indirect }) => !indirect && cgoModules.has(value));
  if (cgo) {
    throw new MsbError(
      'unsupported',
      `${cgo.value} needs cgo, and a static program can't have it`,
      'Use a module without C, such as modernc.org/sqlite for SQLite.',
      { file: 'go.mod', line: cgo.line },
    );
  }
  const outside = mod.localReplaces.find(({ value }) => value.startsWith('..') || value.startsWith('/'));
  if (outside) {
    throw new MsbError(
      'unsupported',
      `${outside.value} lies outside of the build context`,
      'Run create-msb-docker where both modules are inside, or require a published version.',
      { file: 'go.mod', line: outside.line },
    );
  }
}

/** The files that `go mod download` reads: go.mod, go.sum, and those of modules that a folder replaces. */
function manifests(project: Project, mod: ModFile): readonly string[] {
  const local = mod.localReplaces.map(({ value }) => value.replace(/^\.\/|\/+$/g, ''));
  const candidates = ['', ...local.map((folder) => `${folder}/`)].flatMap((at) => [`${at}go.mod`, `${at}go.sum`]);
  return candidates.filter((file) => project.has(file));
}

function moduleFacts(project: Project, mod: ModFile, vendored: boolean): readonly Fact[] {
  if (mod.requires.length === 0) return [{ name: 'modules', value: 'none, the standard library is enough' }];
  const value = `${mod.requires.length} required${vendored ? ', vendored' : ''}`;
  const file = vendored ? 'vendor/modules.txt' : project.has('go.sum') ? 'go.sum' : 'go.mod';
  return [{ name: 'modules', value, place: { file } }];
}

function missingSums({ sums, module }: { sums: boolean; module: ModFile }): readonly Note[] {
  if (sums || module.requires.length === 0) return [];
  return [
    {
      message: 'There is no go.sum, so nothing proves that the modules are the ones you tested',
      hint: 'Run go mod tidy and commit go.sum.',
      place: { file: 'go.mod' },
    },
  ];
}
