import {
  assumedPort,
  type Detection,
  type GivenOptions,
  givenText,
  imageName,
  join,
  MsbError,
  type Project,
} from '@msb/core';
import { cgoTags, nativeSources, unseenC } from './cgo.ts';
import { findEmbeds } from './embeds.ts';
import { missingSums, moduleFacts, portFact, stampFact } from './facts.ts';
import { missingEmbedNotes } from './frontend.ts';
import { findGenerated } from './generate.ts';
import { includedAssets } from './include.ts';
import { defaultMain, findMains, isHelper, mainChoices, mainFolder, programName } from './mains.ts';
import { type ModFile, moduleName, readModFile } from './modfile.ts';
import { moduleFolders, ownPackages } from './own.ts';
import { packagesOf } from './packages.ts';
import { type GoBuild, planGo } from './plan.ts';
import { findPrivate, privateNotes } from './private.ts';
import { namedMains, programFacts, readProgram, severalImages } from './programs.ts';
import { assetsOf } from './runtime.ts';
import { findService, usualPort } from './serves.ts';
import { findStamp } from './stamp.ts';
import { findTags, tagsFact } from './tags.ts';
import { chooseGo, vendorsByItself } from './version.ts';
import { leaveWorkspace } from './workspace.ts';

/** Reads a Go module. */
export function detectGo(project: Project, given: GivenOptions): Detection {
  const mod = readModFile(project);
  refuseOutside(mod);
  const go = chooseGo(mod, givenText(given, 'goVersion'));
  const name = moduleName(mod.module.value);
  const wanted = givenText(given, 'main');
  const tags = findTags(project, given);
  const conditions = { tags: tags.names };
  const mains =
    wanted === undefined ? findMains(project, conditions) : namedMains(project, wanted, mod.module.value, conditions);
  const main = mains.find((only) => wanted !== undefined || (mains.length === 1 && !isHelper(only)));
  const suggested = main ?? defaultMain(mains, name);
  const chosen = wanted === undefined && suggested ? [suggested] : mains;
  const { cgo, packages } = ownPackages(project, mod, chosen.map(mainFolder), given, tags.names);
  const included = includedAssets(project, given);
  const programs = chosen.map((item, index) => {
    const own = packagesOf(project, moduleFolders(mod), [mainFolder(item)], { ...conditions, cgo: cgo !== undefined });
    return readProgram(project, item, own, index === 0 ? included : []);
  });
  const workspace = leaveWorkspace(project, mod, packages);
  const sources = packages.flatMap(({ files }) => files);
  const embeds = findEmbeds(project, sources);
  const generated = findGenerated(project, mod, moduleFolders(mod), packages, embeds.missing);
  const service = (suggested && programs[0]?.service) ?? findService(project, packages);
  const timeZones = project.search(sources, [/\btime\.LoadLocation\(/]);
  const vendored = project.has('vendor/modules.txt') && vendorsByItself(mod);
  const stamp = findStamp(project, mod.module.value, packages, chosen.map(mainFolder));
  const hidden = vendored ? undefined : findPrivate(project, mod, given);
  const build: GoBuild = {
    programs,
    privateModules: hidden?.patterns,
    stamp,
    go,
    module: mod,
    manifests: manifests(project, mod),
    needs: [
      'go.mod',
      ...(vendored ? ['vendor/modules.txt'] : []),
      ...sources,
      ...(cgo ? nativeSources(project, packages) : []),
      ...embeds.files,
    ],
    vendored,
    sums: project.has('go.sum'),
    cgo: cgo !== undefined,
    generate: generated.folders,
    symbols: given.symbols === true,
    tags: [
      ...new Set([
        ...tags.names,
        ...(timeZones ? ['timetzdata'] : []),
        ...(cgo ? cgoTags(project, packages, mod) : []),
      ]),
    ],
    ignore: workspace.ignore,
  };
  return {
    facts: [
      { name: 'Go', value: go.wanted, ...(go.place && { place: go.place }) },
      { name: 'module', value: mod.module.value, place: { file: 'go.mod', line: mod.module.line } },
      ...(main ? programFacts(programs) : []),
      ...(service.port ? [portFact(service.port)] : []),
      ...moduleFacts(project, mod, vendored),
      ...(stamp ? [stampFact(stamp)] : []),
      ...(hidden ? [{ name: 'private', value: hidden.patterns, ...(hidden.place && { place: hidden.place }) }] : []),
      ...(cgo ? [{ name: 'cgo', value: cgo.value, ...(cgo.place && { place: cgo.place }) }] : []),
      ...tagsFact(tags),
      ...generated.facts,
      ...(embeds.files.length > 0 ? [{ name: 'embedded', value: `${embeds.files.length} files` }] : []),
      ...assetsOf(programs).map(({ path, place }) => ({
        name: 'read at run time',
        value: path,
        ...(place && { place }),
      })),
      ...(timeZones ? [{ name: 'time zones', value: 'compiled in', place: timeZones }] : []),
    ],
    found: {
      name: imageName(suggested ? programName(suggested, name) : name),
      ...(main && { main: main.path }),
      ...(service.port && { port: service.port.port }),
      ...(hidden && { private: hidden.patterns }),
      ...(tags.names.length > 0 && { tags: tags.names.join(',') }),
    },
    suggested: { ...(suggested && { main: suggested.path }), port: usualPort },
    ...(service.serves && { assumptions: { port: assumedPort(usualPort, service.serves) } }),
    choices: { main: mainChoices(mains) },
    unused: service.serves ? [] : ['port'],
    notes: [
      ...missingSums(build),
      ...(cgo || given.cgo === false ? [] : unseenC(mod)),
      ...privateNotes(mod, hidden),
      ...workspace.notes,
      ...generated.notes,
      ...missingEmbedNotes(project, embeds.missing, generated.paths),
      ...service.notes,
      ...(main ? severalImages(mains, mod.module.value) : []),
    ],
    plan: (options) => planGo(build, options),
  };
}

/** Throws `unsupported` for a module in a folder that the build does not see. */
function refuseOutside(mod: ModFile): void {
  const outside = mod.localReplaces.find(({ value }) => value.startsWith('/') || join(value).startsWith('..'));
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
  const folders = ['', ...mod.localReplaces.map(({ value }) => value)];
  const candidates = folders.flatMap((folder) => [join(folder, 'go.mod'), join(folder, 'go.sum')]);
  return [...new Set(candidates)].filter((file) => project.has(file));
}
