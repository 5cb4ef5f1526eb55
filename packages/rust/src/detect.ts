import {
  assumedPort,
  type Detection,
  type GivenOptions,
  givenText,
  imageName,
  type Note,
  type Project,
  relative,
  seenFrom,
} from '@msb/core';
import { buildReads, filesOfReads } from './account/compiled.ts';
import { reportOf } from './account/report.ts';
import { readScripts } from './account/scripts.ts';
import { allocatorNotes } from './allocator.ts';
import { askedOf } from './asked.ts';
import { bakedNotes } from './baked.ts';
import { builderNotes, servedFolderNotes } from './builders.ts';
import { binaryChoices, packageChoices, selectBinary } from './choose.ts';
import { readConfig } from './config.ts';
import { crossing, crossingFact } from './cross.ts';
import { enabledBy } from './enabled.ts';
import { dependencyFact, selectionFacts, toolchainFacts } from './facts.ts';
import { chooseLibc, runtimesOf } from './libc.ts';
import { type LockedCrate, reachable, readLock } from './lock.ts';
import { nativeNeeds, nativeUses } from './native.ts';
import type { Package } from './package.ts';
import { planRust, type RustBuild } from './plan.ts';
import { completeProfile, type Lto } from './profile.ts';
import { programCode } from './program-code.ts';
import { type Program, readFacts, readPrograms, severalImages } from './programs.ts';
import { refuseMissingFeature } from './required.ts';
import { workspaceView } from './scope.ts';
import { looksSecret } from './secrets.ts';
import { usualPort } from './serves.ts';
import { packageSources } from './sources.ts';
import { packageSpec } from './spec.ts';
import { queryFacts } from './sqlx.ts';
import { shippedNotes, startedNotes } from './started.ts';
import { testedPackages } from './tests.ts';
import { chooseToolchain } from './toolchain.ts';
import { closure, patchedFolders, readWorkspace, type Workspace } from './workspace.ts';

/** Reads a Cargo package, a workspace, or a member of one. */
export function detectRust(project: Project, given: GivenOptions): Detection {
  const root = workspaceView(project);
  return seenFrom(project, root, detectIn(root, relative(root.folder, project.folder), given));
}

/** Reads a workspace; `home` is the folder of the member that the image is for, or its own. */
function detectIn(project: Project, home: string, given: GivenOptions): Detection {
  const workspace = readWorkspace(project);
  const member = home === '' ? undefined : workspace.members.find(({ cargo }) => cargo.folder === home)?.name;
  const selection = selectBinary(workspace, {
    package: givenText(given, 'package') ?? member,
    bin: givenText(given, 'bin'),
  });
  const { candidates, chosen, binary } = selection;
  const toolchain = chooseToolchain(project, workspace, givenText(given, 'rustVersion'));
  const lock = readLock(project);
  // the port is that of a binary: while there is a choice it is not looked for, and not asked for
  const programs = readPrograms(project, workspace, chosen, given);
  const [first, ...others] = programs;
  const compiled = [...new Set(programs.flatMap(({ owner }) => closure(workspace, owner)))];
  const enabled = enabledBy(workspace, programs);
  refuseMissingFeature(programs, enabled);
  const crates = reachable(lock, enabled);
  const patched = patchedFolders(workspace);
  const own = compiled.filter(({ cargo }) => !patched.includes(cargo.folder));
  const spec = (item: Package): string => packageSpec(project, item, lock);
  const uses = nativeUses(crates, enabled);
  const libc = chooseLibc(givenText(given, 'libc'), uses, compiled);
  const scripts = readScripts(
    project,
    compiled.filter(({ name }) => enabled.crates.has(name)),
    libc.libc,
  );
  const needs = nativeNeeds(uses, libc.libc);
  const native = { ...needs, packages: [...new Set([...needs.packages, ...scripts.packages])].sort() };
  const config = readConfig(project, libc.libc);
  const code = [...new Set(programs.flatMap(({ sources }) => programCode(sources)))];
  const asked = askedOf(project, code, scripts, config.variables);
  const other = crossing(lock && crates, enabled, { native, config, libc: libc.libc });
  const profile = completeProfile(workspace.root, config, (givenText(given, 'lto') ?? 'thin') as Lto);
  const service = first?.service;
  const port = service?.port;
  const packages = new Set(candidates.map((candidate) => candidate.package));
  const build: RustBuild = {
    toolchain,
    programs,
    named: workspace.members.length > 1 || workspace.members.some(({ cargo }) => cargo.folder !== ''),
    locked: lock !== undefined,
    dependencies: hasDependencies(workspace, lock),
    whole: [...config.vendored, ...patched].filter((path) => project.exists(path)),
    patched,
    own: own.map(spec),
    tested: testedPackages(project, workspace, own).map(spec),
    profile,
    config,
    native,
    libc: libc.libc,
    cross: other.cross,
    folder: project.inContext(''),
    asked,
    report: reportOf(
      home,
      programs,
      own.flatMap((item) => buildReads(project, item, workspace)),
    ),
    needs: neededFiles(project, workspace, programs),
  };
  return {
    facts: [
      {
        name: 'Rust',
        value: `${toolchain.release}, ${toolchain.reason}`,
        ...(toolchain.place && { place: toolchain.place }),
      },
      ...selectionFacts(workspace, selection, programs),
      ...(port ? [{ name: 'port', value: String(port.port), place: { file: port.file, line: port.line } }] : []),
      dependencyFact(lock),
      ...readFacts(project, programs),
      ...native.facts,
      ...asked.facts,
      ...queryFacts(project, programs, crates),
      ...toolchainFacts(toolchain),
      profile.fact,
      crossingFact(other),
    ],
    found: {
      name: imageName(binary?.name ?? workspace.members[0]?.name),
      ...(packages.size === 1 && { package: [...packages][0] }),
      ...(first && others.length === 0 && { bin: first.binary.name }),
      ...(port && { port: port.port }),
    },
    suggested: {
      ...(binary && { package: binary.package, bin: binary.name }),
      port: service?.framework?.port ?? usualPort,
    },
    ...(service?.serves &&
      service.framework?.port === undefined && { assumptions: { port: assumedPort(usualPort, service.listens) } }),
    choices: { package: packageChoices(candidates), bin: binaryChoices(candidates) },
    unused: [...(service?.serves ? [] : ['port']), ...(others.length > 0 ? ['package'] : [])],
    ...runtimesOf(libc),
    needsInit: service?.needsInit === true,
    notes: [
      ...missingLock(lock),
      ...config.notes,
      ...native.notes,
      ...asked.notes,
      ...builderNotes(project, workspace, programs),
      ...servedFolderNotes(programs.flatMap(({ account }) => account.named)),
      ...shippedNotes(programs.map(({ account }) => account)),
      ...startedNotes(
        programs.flatMap(({ account }) => account.tools),
        givenText(given, 'runtime'),
      ),
      ...(service?.notes ?? []),
      ...(first ? bakedNotes(programCode(first.sources), first.account.named) : []),
      ...(service?.serves && libc.libc === 'musl' ? allocatorNotes(compiled, crates) : []),
      ...severalImages(programs),
    ],
    plan: (options) => planRust(build, options),
  };
}

const hasDependencies = ({ packages }: Workspace, lock: readonly LockedCrate[] | undefined): boolean =>
  lock?.some(({ external }) => external) ?? packages.some(({ dependencies }) => dependencies.length > 0);

function missingLock(lock: readonly LockedCrate[] | undefined): readonly Note[] {
  if (lock !== undefined) return [];
  return [
    {
      message: 'There is no Cargo.lock, so each build may take other versions of the dependencies',
      hint: 'Run cargo generate-lockfile and commit Cargo.lock.',
      place: { file: 'Cargo.toml' },
    },
  ];
}

/** What Cargo reads: manifests, the lock, its configuration, sources of all packages, and files compiled in. */
function neededFiles(project: Project, workspace: Workspace, programs: readonly Program[]): readonly string[] {
  const shared = ['Cargo.toml', 'Cargo.lock', '.cargo/config.toml'].filter((file) => project.has(file));
  const files = workspace.packages.flatMap((item) => [
    item.cargo.file,
    ...packageSources(project, item, workspace),
    ...filesOfReads(
      project,
      buildReads(project, item, workspace).map(({ path }) => path),
    ),
  ]);
  // a folder that ships, file by file: no pattern drops what is in it
  const read = programs.flatMap(({ account }) => account.reads.filter(({ there }) => there));
  const shipped = filesOfReads(
    project,
    read.map(({ from }) => from).filter((path) => !looksSecret(path)),
  );
  return [...new Set([...shared, ...files, ...shipped].map((path) => project.inContext(path)))];
}
