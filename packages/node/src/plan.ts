import type { Artifact, BuildPlan, Options, Place, RuntimeFamily } from '@msb/core';
import { join, pathWord, wantsTests } from '@msb/core';
import type { Browser } from './browser.ts';
import type { Build } from './build.ts';
import type { GitUse } from './codegen/git.ts';
import { endOnSigterm, madeArtifacts } from './frameworks/made.ts';
import type { Found } from './frameworks/select.ts';
import { siteImage } from './frameworks/sites/image.ts';
import { waivedChecks } from './frameworks/waived.ts';
import { labels } from './labels.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { NativeParts } from './native.ts';
import { hasModules, isBuilt } from './needs.ts';
import type { NpmConfig } from './npmrc.ts';
import type { PackageJson } from './package-json.ts';
import type { Dependencies, PackageManager } from './package-managers/manager.ts';
import type { Service } from './service/service.ts';
import type { BuildEnv } from './settings/build-env.ts';
import { type Shipped, unshipped } from './ship.ts';
import { planStages } from './stages.ts';
import { startEnv } from './start/env.ts';
import { commandOf, type Start } from './start/start.ts';
import type { Tests } from './tests.ts';
import type { NodeVersion } from './version/choose.ts';
import type { Home } from './workspaces/home.ts';
import { artifactsOfLibraries, manifestsOfLibraries, outputsOfLibraries } from './workspaces/libraries.ts';
import type { InstallScripts } from './workspaces/scripts.ts';

/** Everything about a Node program that decides how it is built and what ships. */
export interface NodeBuild {
  readonly version: NodeVersion;
  readonly manifest: PackageJson;
  readonly home: Home;
  readonly manager: PackageManager;
  readonly dependencies: Dependencies;
  readonly config: NpmConfig;
  readonly native: NativeParts;
  /** The install scripts of the project itself, and of all that is installed with it. */
  readonly lifecycle: Lifecycle;
  readonly installs: InstallScripts;
  readonly build: Build | undefined;
  /** The framework whose build makes what ships. */
  readonly framework: Found | undefined;
  readonly start: Start;
  readonly shipped: Shipped;
  readonly service: Service;
  /** The browser that the program starts. */
  readonly browser: Browser | undefined;
  /** Where the build asks Git. */
  readonly git: GitUse | undefined;
  /** What the build of a framework insists on. */
  readonly buildEnv: BuildEnv;
  /** The schema of a Prisma client that needs the system's OpenSSL. */
  readonly prismaEngine: Place | undefined;
  /** How it is tested. */
  readonly tests: Tests | undefined;
  /** Files that must reach the build. */
  readonly needs: readonly string[];
  /** What the program reads, writes and wants besides. */
  readonly account: Pick<BuildPlan, 'reads' | 'writes' | 'settings' | 'tools'>;
}

/** Plans a Node program on any runtime. */
export function planNode(found: NodeBuild, options: Options): BuildPlan {
  const build = wantsTests(options) ? found : { ...found, tests: undefined };
  const family = String(options.runtime) as RuntimeFamily;
  const port = Number(options.port ?? 0);
  const { config, start, shipped, needs, home } = build;
  const site = shipped.kind === 'made' && shipped.made.kind === 'site' ? shipped.made : undefined;
  const { engine, stages } = planStages(build, family, String(options.name));
  return {
    ecosystem: 'node',
    images: engine.images,
    stages,
    runtime: site
      ? siteImage(site, home.workdir, options, labels(build.manifest, String(options.name)))
      : {
          family,
          ...(engine.image !== undefined && { image: engine.image }),
          artifacts: [...engine.artifacts, ...artifacts(build)],
          workdir: home.workdir,
          env: environment(build, port),
          labels: labels(build.manifest, String(options.name)),
          ...commandOf({ ...start, flags: [...endOnSigterm(build.framework?.made), ...start.flags] }, engine.path),
          ...(port > 0 && { port }),
        },
    secrets: [...config.secrets, ...(build.dependencies.secrets ?? []).map((name) => ({ id: name, env: name }))],
    ignore: [
      ...(config.shared ? [] : ['**/.npmrc']),
      ...(build.dependencies.ignore ?? []),
      ...outputsOfLibraries(home),
      ...[
        ...(shipped.kind === 'output' ? [shipped.folder] : []),
        ...(shipped.kind === 'sources' ? unshipped.filter((pattern) => !build.tests?.files.includes(pattern)) : []),
        ...(shipped.kind === 'made' ? shipped.made.build.outputs : []),
      ].map((pattern) => (pattern.startsWith('**/') ? pattern : join(home.target.folder, pattern))),
    ],
    needs: [...needs.map((path) => home.target.project.inContext(path)), ...manifestsOfLibraries(home)],
    waived: waivedChecks(build.framework?.made),
    ...build.account,
  };
}

/** What ships, what changes least first. */
function artifacts(build: NodeBuild): readonly Artifact[] {
  const { home } = build;
  const alone = { stage: 'prod-deps', src: '/app/node_modules', dest: './node_modules' };
  // Each package of a workspace may have a node_modules of its own, with links from one to the other.
  const several = home.workspace !== undefined || home.root.folder !== '' || home.built.length > 1;
  const modules = several ? { stage: 'prod-deps', src: '/app/', dest: '/app/' } : alone;
  return [
    ...(hasModules(build) ? [modules, ...artifactsOfLibraries(home, isBuilt(build) ? 'build' : 'libraries')] : []),
    ...program(build),
  ];
}

function program({ shipped, home: { target, workdir }, tests }: NodeBuild): readonly Artifact[] {
  const own = (path: string): string => join(target.folder, path) || '.';
  // the tests reach the build then, and no further
  if (shipped.kind === 'sources') return [{ src: own('.'), dest: './', ...(tests && { exclude: tests.files }) }];
  if (shipped.kind === 'made') return shipped.made.kind === 'server' ? madeArtifacts(shipped.made, own, workdir) : [];
  if (shipped.kind === 'tree') return [{ stage: 'build', src: `${workdir}/`, dest: './' }];
  const folders = [...shipped.assets, pathWord(shipped.folder, 'The folder that the build makes')];
  return [
    { src: own('package.json'), dest: './' },
    ...folders.map((folder) => ({ stage: 'build', src: `${workdir}/${folder}`, dest: `./${folder}` })),
    // Docker copies what is in a folder, and a file by its name
    ...(shipped.copies ?? []).map(({ src, dest }) => ({
      src: own(pathWord(src, 'A path')),
      dest: inImage(workdir, dest),
    })),
  ];
}

/** A path from the working folder; one above it is absolute. */
const inImage = (workdir: string, path: string): string => {
  const safe = pathWord(path, 'A path');
  return safe.startsWith('..') ? `/${join(workdir, safe)}` : `./${safe}`;
};

/** A program that reads PORT or HOST gets them, where its own default would be another port, none, or loopback. */
function environment(
  { start, service, framework, browser }: NodeBuild,
  port: number,
): Readonly<Record<string, string>> {
  const { readsPort, hostVariable } = service;
  const made = framework?.made.kind === 'server' ? framework.made : undefined;
  if (made)
    return { NODE_ENV: 'production', ...browser?.env, ...made.env, ...(port !== made.port && { PORT: String(port) }) };
  const host = hostVariable?.match[1];
  // an example of an environment or a Dockerfile of one's own names the port, but is no default of the program
  const isDefault = service.port?.port === port && /\.([cm]?[jt]sx?|json)$/.test(service.port.file);
  const needsPort = (readsPort && !isDefault) || start.shell?.variables.includes('PORT');
  return {
    NODE_ENV: 'production',
    ...browser?.env,
    ...startEnv(start),
    ...(host !== undefined && { [host]: '0.0.0.0' }),
    ...(needsPort && port > 0 && { PORT: String(port) }),
  };
}
