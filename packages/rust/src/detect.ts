import {
  assumedPort,
  at,
  type Detection,
  type GivenOptions,
  givenText,
  imageName,
  join,
  MsbError,
  type Note,
  type Options,
  type Project,
} from '@msb/core';
import { findAssets } from './assets.ts';
import type { Binary } from './binaries.ts';
import { binaryChoices, packageChoices, packageOf, selectBinary } from './choose.ts';
import { readConfig } from './config.ts';
import { dependencyFact, selectionFacts, toolchainFacts } from './facts.ts';
import { chooseFeatures } from './features.ts';
import { type LockedCrate, readLock } from './lock.ts';
import { findNative } from './native.ts';
import { planRust, type RustBuild } from './plan.ts';
import { findService } from './serves.ts';
import { binarySources, includedFiles, packageSources, type Sources } from './sources.ts';
import { chooseToolchain } from './toolchain.ts';
import { readWorkspace, type Workspace } from './workspace.ts';

/** What an unattended run takes when neither the program nor its framework names a port. */
const usualPort = 8080;

/** Reads a Cargo package or workspace. */
export function detectRust(project: Project, given: GivenOptions): Detection {
  const workspace = readWorkspace(project);
  const selection = selectBinary(workspace, { package: givenText(given, 'package'), bin: givenText(given, 'bin') });
  const { candidates, binary } = selection;
  const toolchain = chooseToolchain(project, workspace, givenText(given, 'rustVersion'));
  const config = readConfig(project);
  const lock = readLock(project);
  const native = findNative(lock ?? []);
  const packages = new Set(candidates.map((candidate) => candidate.package));
  const only = candidates.length === 1 ? binary : undefined;
  // the port is that of a binary: while there is a choice it is not looked for, and not asked for
  const sources = only && sourcesOf(project, workspace, only);
  const service = sources && findService(project, sources);
  const assets = sources ? findAssets(project, sources) : [];
  const port = service?.port;
  const build: Omit<RustBuild, 'owner' | 'binary' | 'features' | 'framework' | 'assets'> = {
    toolchain,
    named: workspace.members.length > 1 || workspace.members.some(({ cargo }) => cargo.folder !== ''),
    locked: lock !== undefined,
    strip: at(workspace.root.value, 'profile', 'release', 'strip') === undefined,
    config,
    native,
    needs: neededFiles(project, workspace),
  };
  return {
    facts: [
      {
        name: 'Rust',
        value: `${toolchain.release}, ${toolchain.reason}`,
        ...(toolchain.place && { place: toolchain.place }),
      },
      ...selectionFacts(workspace, selection, givenText(given, 'features')),
      ...(port ? [{ name: 'port', value: String(port.port), place: { file: port.file, line: port.line } }] : []),
      dependencyFact(lock),
      ...assets.map(({ from, file, line }) => ({ name: 'read at run time', value: from, place: { file, line } })),
      ...native.facts,
      ...toolchainFacts(toolchain),
    ],
    found: {
      name: imageName(binary?.name ?? workspace.members[0]?.name),
      ...(packages.size === 1 && { package: [...packages][0] }),
      ...(only && { bin: only.name }),
      ...(port && { port: port.port }),
    },
    suggested: {
      ...(binary && { package: binary.package, bin: binary.name }),
      port: service?.framework?.port ?? usualPort,
    },
    ...(service?.serves &&
      service.framework?.port === undefined && { assumptions: { port: assumedPort(usualPort, service.listens) } }),
    choices: { package: packageChoices(candidates), bin: binaryChoices(candidates) },
    unused: service?.serves ? [] : ['port'],
    needsInit: service?.needsInit === true,
    notes: [...missingLock(lock), ...config.notes, ...native.notes, ...(service?.notes ?? [])],
    plan: (options) => {
      const chosen = resolved(workspace, options);
      const owner = packageOf(workspace, chosen);
      const features = chooseFeatures(owner, chosen, givenText(options, 'features'));
      const code = sourcesOf(project, workspace, chosen);
      const { framework } = findService(project, code);
      const program = { owner, binary: chosen, features, framework, assets: findAssets(project, code) };
      return planRust({ ...build, ...program }, options);
    },
  };
}

const sourcesOf = (project: Project, workspace: Workspace, binary: Binary): Sources =>
  binarySources(project, workspace, packageOf(workspace, binary), binary);

function resolved(workspace: Workspace, options: Options): Binary {
  const { binary } = selectBinary(workspace, { package: String(options.package), bin: String(options.bin) });
  if (binary) return binary;
  throw new MsbError('no-entry-point', `There is no binary ${JSON.stringify(options.bin)}`, 'Name it with --bin.');
}

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
function neededFiles(project: Project, workspace: Workspace): readonly string[] {
  const shared = ['Cargo.toml', 'Cargo.lock', '.cargo/config.toml'].filter((file) => project.has(file));
  const files = workspace.packages.flatMap((item) => [
    item.cargo.file,
    ...packageSources(project, item, workspace),
    ...includedFiles(project, item, workspace),
  ]);
  return [...new Set([...shared, ...files].map((path) => join(path)))];
}
