import { type Artifact, exposedPort, type Fact, type FoundPort, type Note, type Project, pathWord } from '@msb/core';
import type { Build } from '../build.ts';
import { isBrowserDownload, type NativeParts, nativeParts } from '../native.ts';
import type { PackageJson } from '../package-json.ts';
import type { LockedPackage } from '../package-managers/manager.ts';
import type { Service } from '../service/service.ts';
import type { Start } from '../start/start.ts';
import type { Made, MadeServer } from './framework.ts';
import type { Found } from './select.ts';

/** What was found of a framework, as facts. */
export const madeFacts = ({ framework, place, made }: Found): readonly Fact[] => [
  { name: 'framework', value: framework.title, place },
  { name: 'output', value: made.about, ...(made.place && { place: made.place }) },
];

/**
 * Flags that end process 1, for which the kernel has no default action, as SIGTERM ends any other process. They are for
 * servers that frameworks write, where nobody can add a handler.
 */
export const endOnSigterm = (made: Made | undefined): readonly string[] =>
  made?.kind === 'server' && !made.handlesSigterm
    ? ['--import', "data:text/javascript,process.on('SIGTERM',()=>process.exit())"]
    : [];

/** How a server that a framework made is started. */
export const madeStart = ({ entry, args = [], place }: MadeServer): Start => ({
  env: {},
  flags: [],
  entry,
  args,
  place,
  fromDependency: false,
});

/** Such a server listens where PORT says; so the port is the one that the project names somewhere, or the usual one. */
export function madeService(project: Project, manifest: PackageJson): Service {
  const port = startPort(manifest) ?? exposedPort(project);
  return { serves: true, port, readsPort: undefined, hostVariable: undefined };
}

/** `"start": "next start -p 4000"` */
function startPort(manifest: PackageJson): FoundPort | undefined {
  const start = manifest.scripts.get('start');
  const port = Number(/(?:\s-p|\s--port|\bPORT)[= ](\d+)/.exec(` ${start?.text ?? ''}`)?.[1]);
  return start && port > 0 && port < 65536 ? { port, file: start.place.file, line: start.place.line ?? 1 } : undefined;
}

/** What to tell of a made server, and of the variables that its build writes into what browsers get. */
export function madeNotes({ made }: Found): readonly Note[] {
  const open = (made.build.variables ?? []).filter(({ value }) => value === undefined);
  const [first] = open;
  if (first === undefined) return made.notes;
  const names = open.map(({ name }) => name).join(', ');
  return [
    ...made.notes,
    {
      message: `The build writes ${names} into what browsers get, and no .env file reaches it`,
      hint: `Build with --build-arg ${first.name}=…${open.length > 1 ? ' and so on' : ''}, if the defaults of the code won't do.`,
      place: first.place,
    },
  ];
}

/** The framework's own command, where the project has no script that builds. */
export const ownBuild = ({ framework, place }: Found): Build | undefined =>
  framework.command === undefined
    ? undefined
    : { name: framework.title, script: undefined, command: `npx ${framework.command}`, place };

/** Whether node_modules ships beside what is made. */
export const shipsModules = (made: Made): boolean => made.kind === 'server' && made.modules === 'production';

/** Packages with machine code that bundles and transpiles; none of it is in what they make. */
const buildTools =
  /^(@?esbuild|@rollup|rollup|rolldown|@rolldown|@next\/swc|@swc|lightningcss|@tailwindcss|@parcel|@oxc-|@biomejs|fsevents|turbo|@unrs|unrs-resolver|@rspack|@napi-rs|@emnapi|@cloudflare|workerd)/;

/** The same of packages that a program could use, too: what a bundler keeps its own cache with. */
const buildCaches = /^@?(?:lmdb|msgpackr-extract)(?:\/|$)/;

/**
 * The packages that decide on which platform dependencies are installed. What a bundler puts into its output may come
 * from any of them, but for the bundler itself.
 */
function shippable(
  packages: readonly LockedPackage[] | undefined,
  made: Made | undefined,
): readonly LockedPackage[] | undefined {
  if (made === undefined || shipsModules(made)) return packages;
  const ofBuild = (found: LockedPackage): boolean =>
    buildTools.test(found.name) || (found.dev && buildCaches.test(found.name)) || isBrowserDownload(found);
  const used = packages?.filter((found) => !ofBuild(found));
  return used?.map((found) => ({ ...found, dev: false }));
}

/** What the dependencies ask of the platform. A site takes none of them along: all are used where it is built. */
export function madeNative(
  packages: readonly LockedPackage[] | undefined,
  manifest: PackageJson,
  made: Made | undefined,
): NativeParts {
  const parts = nativeParts(shippable(packages, made), manifest);
  return made?.kind === 'site' ? { ...parts, platformBound: false, probes: [] } : parts;
}

/** What ships of the stage that builds, what changes least first. */
export function madeArtifacts(made: MadeServer, own: (path: string) => string, workdir: string): readonly Artifact[] {
  const copied = made.folders.map(({ src, dest }) => ({
    stage: 'build',
    src: `${workdir}/${pathWord(src, 'The folder that the build makes')}${/^\.+(\/|$)/.test(dest) ? '/' : ''}`,
    dest: /^\.+(\/|$)/.test(dest) ? `${dest}/` : `./${dest}`,
  }));
  return shipsModules(made) ? [{ src: own('package.json'), dest: './' }, ...copied] : copied;
}
