import { assumedPort, type Detection, type GivenOptions, givenText, imageName, join, type Project } from '@msb/core';
import { everythingNotes, scatteredNotes, toolNotes, unmadeNotes } from './account/notes.ts';
import { cgoTags, muslFlags, nativeSources, unseenC } from './cgo.ts';
import { findEmbeds } from './embeds.ts';
import { factsOf, missingSums, type Reading } from './facts.ts';
import { missingEmbedNotes, placeholderNotes } from './frontend.ts';
import { findGenerated } from './generate.ts';
import { runtimesOf } from './libraries.ts';
import { defaultMain, findMains, isHelper, mainChoices, mainFolder, programName } from './mains.ts';
import { moduleName, readModFile } from './modfile.ts';
import { ownPackages } from './own.ts';
import { packagesOf } from './packages.ts';
import { type GoBuild, planGo } from './plan.ts';
import { findPrivate, privateNotes } from './private.ts';
import { namedMains, readProgram, severalImages } from './programs.ts';
import { scopeOf } from './scope.ts';
import { findService, usualPort } from './serves.ts';
import { findStamp, revisionNotes } from './stamp.ts';
import { findTags } from './tags.ts';
import { chooseGo, downloadNotes, vendorsByItself } from './version.ts';

/** Reads a Go module. */
export function detectGo(project: Project, given: GivenOptions): Detection {
  const mod = readModFile(project);
  const scope = scopeOf(project, mod);
  const go = chooseGo(mod, givenText(given, 'goVersion'), scope.work);
  const name = moduleName(mod.module.value);
  const wanted = givenText(given, 'main');
  const tags = findTags(project, given);
  const conditions = { tags: tags.names };
  const mains =
    wanted === undefined ? findMains(project, conditions) : namedMains(project, wanted, mod.module.value, conditions);
  const main = mains.find((only) => wanted !== undefined || (mains.length === 1 && !isHelper(only)));
  const suggested = main ?? defaultMain(mains, name);
  const chosen = wanted === undefined && suggested ? [suggested] : mains;
  const { cgo, libraries, packages } = ownPackages(
    project,
    mod,
    scope.modules,
    chosen.map(mainFolder),
    given,
    tags.names,
  );
  const programs = chosen.map((item) => {
    const own = packagesOf(project, scope.modules, [mainFolder(item)], { ...conditions, cgo: cgo !== undefined });
    return readProgram(project, scope.modules, item, own);
  });
  const sources = packages.flatMap(({ files }) => files);
  const embeds = findEmbeds(project, sources);
  const generated = findGenerated(project, mod, scope.modules, packages, embeds.missing, suggested?.file);
  const service = (suggested && programs[0]?.service) ?? findService(project, packages);
  const timeZones = project.search(sources, [/\btime\.LoadLocation\(/]);
  const vendor = join(scope.work?.file ?? '', scope.work ? '../vendor/modules.txt' : 'vendor/modules.txt');
  const vendored = project.has(vendor) && vendorsByItself(mod);
  const stamp = findStamp(project, mod.module.value, packages, chosen.map(mainFolder));
  const hidden = vendored ? undefined : findPrivate(project, mod, given);
  const build: GoBuild = {
    programs,
    hidden,
    stamp,
    go,
    module: mod,
    folder: project.inContext(''),
    downloads: scope.downloads,
    workspace: scope.work !== undefined,
    manifests: scope.manifests.map((path) => project.inContext(path)),
    needs: [
      ...scope.manifests,
      ...(vendored ? [vendor] : []),
      ...sources,
      ...(cgo ? nativeSources(project, packages) : []),
      ...embeds.files,
    ].map((path) => project.inContext(path)),
    vendored,
    sums: project.has('go.sum'),
    cgo: cgo !== undefined,
    cflags: cgo && !libraries ? muslFlags(mod) : [],
    libraries,
    generate: generated,
    symbols: given.symbols === true,
    tests: project.sources().some((path) => path.endsWith('_test.go')),
    tags: [...new Set([...tags.names, ...(cgo ? cgoTags(project, packages, mod) : [])])],
    ignore: scope.ignore,
  };
  const { work } = scope;
  const reading: Reading = { build, main, service, work, cgo, tags, generated, embeds, timeZones };
  return {
    facts: factsOf(project, reading),
    found: {
      name: imageName(suggested ? programName(suggested, name) : name),
      ...(main && { main: main.path }),
      ...(service.port && { port: service.port.port }),
      ...(service.udp.length > 0 && { udp: service.udp.map(({ port }) => port).join(',') }),
      ...(hidden && { private: hidden.patterns }),
      ...(hidden?.ssh && { privateBy: hidden.by }),
      ...(tags.names.length > 0 && { tags: tags.names.join(',') }),
    },
    suggested: { ...(suggested && { main: suggested.path }), port: usualPort },
    ...(service.serves && { assumptions: { port: assumedPort(usualPort, service.serves) } }),
    choices: { main: mainChoices(mains) },
    unused: service.serves ? [] : ['port'],
    notes: [
      ...downloadNotes(go),
      ...missingSums(build),
      ...(cgo || given.cgo === false ? [] : unseenC(mod)),
      ...privateNotes(mod, hidden),
      ...scope.notes,
      ...generated.notes,
      ...missingEmbedNotes(project, embeds.missing, generated.paths),
      ...placeholderNotes(project, embeds),
      ...revisionNotes(project, sources),
      ...service.notes,
      ...everythingNotes(programs),
      ...scatteredNotes(programs),
      ...unmadeNotes(project, programs),
      ...toolNotes(programs, given),
      ...(main ? severalImages(mains, mod.module.value) : []),
    ],
    ...runtimesOf(libraries),
    plan: (options) => planGo(build, options),
  };
}
