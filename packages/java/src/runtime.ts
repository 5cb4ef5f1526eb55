import {
  type Artifact,
  baseImage,
  defaultImage,
  join,
  pathWord,
  product,
  type RuntimeFamily,
  type RuntimePlan,
  runtimeImage,
  type StagePlan,
} from '@msb/core';
import { home } from './account/report.ts';
import { closure } from './build.ts';
import { labelsOf } from './labels.ts';
import type { JavaBuild, JavaSettings } from './plan.ts';
import { madeOf } from './stages.ts';

/** Where `java` is in the images of each family. */
const binaries: Readonly<Partial<Record<RuntimeFamily, string>>> = {
  distroless: '/usr/bin/java',
  alpine: '/opt/java/openjdk/bin/java',
  slim: '/opt/java/openjdk/bin/java',
};

/** A runtime of the program's own modules only. */
const ownRuntime = '/opt/java/openjdk';

/** What there is to say of the base: `what` is the runtime, or what a runtime of the program's own needs. */
const abouts: Readonly<Partial<Record<RuntimeFamily, (what: string) => string>>> = {
  distroless: (what) => `has ${what}, CA roots and time zones: no shell, no package manager`,
  alpine: (what) => `is Alpine with ${what}, and a shell for the day something has to be looked at`,
  slim: (what) => `is a small system with ${what}, a shell and apt`,
};

/**
 * What the JVM gets beside the program's own: three quarters of the container's memory for the heap, where its default
 * is one, and an end when that is full, so that the container is started anew.
 */
const jvmFlags = ['-XX:MaxRAMPercentage=75', '-XX:+ExitOnOutOfMemoryError'] as const;

/** The base that ships: with a JRE, or with what a JRE made for the program needs. */
export function runtimeBase({ java }: JavaBuild, { family, jlink }: JavaSettings): readonly StagePlan[] {
  const about = (what: string): string | undefined => abouts[family]?.(what);
  if (!jlink) {
    const image = runtimeImage(family, 'java', java);
    return [{ template: 'java/runtime-base', values: { image, about: about(`Java ${java}`) } }];
  }
  const target = baseImage('java', java, family === 'alpine' ? 'jdk-alpine' : 'jdk');
  return [
    { template: 'java/toolchain-target', values: { image: target } },
    { template: 'java/runtime-base', values: { image: ownBase(family), about: about('what a Java runtime needs') } },
  ];
}

/** A base without Java, for a runtime made by jlink. */
const ownBase = (family: RuntimeFamily): string | undefined =>
  family === 'distroless'
    ? defaultImage('distroless-java-base', 'runtime')
    : runtimeImage(family, 'distroless-java-base', product('distroless-java-base').default);

const binaryOf = ({ family, jlink }: JavaSettings): string =>
  jlink ? `${ownRuntime}/bin/java` : (binaries[family] ?? '/usr/bin/java');

/** The stage in which jlink makes a runtime of what the jars need. */
export function jreStages(java: JavaBuild, { jlink }: JavaSettings): readonly StagePlan[] {
  if (!jlink) return [];
  return [
    {
      template: 'java/jre',
      values: {
        java: java.java,
        compress: Number(java.java) < 21 ? '2' : 'zip-6',
        copies: copies(java, '/classes'),
        locales: java.account.locales ? ',jdk.localedata' : '',
      },
    },
  ];
}

/** What ships of the program, as lines of a stage that needs it: where it ships, or below another folder. */
const copies = (java: JavaBuild, folder = '/app'): readonly string[] =>
  java.packaging
    .artifacts(madeOf(java))
    .map(({ stage, src, dest }) =>
      [`COPY --link${stage ? ` --from=${stage}` : ''}`, src, dest.replace(/^\/app/, folder)].join(' '),
    );

/** The name of the cache, and the argument that makes and that takes it: JEP 514 since Java 25, class data before. */
const cacheOf = (java: string) =>
  Number(java) >= 25
    ? { file: 'app.aot', make: '-XX:AOTCacheOutput=app.aot', take: '-XX:AOTCache=app.aot' }
    : { file: 'app.jsa', make: '-XX:ArchiveClassesAtExit=app.jsa', take: '-XX:SharedArchiveFile=app.jsa' };

const secret = /\.(pem|key|p12|pfx|jks|keystore)$|(^|\/)\.env/;

/** What the program reads next to its jar, for a stage in which it starts. */
const readCopies = ({ account, folder }: JavaBuild): readonly string[] =>
  account.reads
    .filter(({ missing, path }) => !missing && !secret.test(path))
    .map(({ path, at }) =>
      ['COPY --link', pathWord(join(folder, path), 'A file that is read'), pathWord(at, 'Its place')].join(' '),
    );

/** The stage that starts the program once, on what ships, and keeps what the JVM learned. */
export function aotStage(java: JavaBuild, settings: JavaSettings): readonly StagePlan[] {
  if (!settings.aot) return [];
  const { make } = cacheOf(java.java);
  const { packaging, main } = java;
  const command = [binaryOf(settings), make, ...(packaging.startAndStop ?? []), ...packaging.start(main)];
  const runtime = settings.jlink ? [`COPY --link --from=jre /jre ${ownRuntime}`] : [];
  return [{ template: 'java/aot', values: { copies: [...runtime, ...copies(java), ...readCopies(java)], command } }];
}

/** Jars of the repository that Maven compiles with and packs nowhere, on a class path of jars. */
const ownJars = ({ build, module, packaging, folder }: JavaBuild): readonly Artifact[] =>
  packaging.needsMain
    ? closure(build, module).flatMap(({ jars }) =>
        jars.map(({ path }) => ({ src: pathWord(join(folder, path), 'A jar'), dest: '/app/lib/' })),
      )
    : [];

/** The image that ships. */
export function runtimeOf(java: JavaBuild, settings: JavaSettings): RuntimePlan {
  const { packaging, main, module, args, account } = java;
  const { family, port, name, aot, jlink } = settings;
  const cache = cacheOf(java.java);
  return {
    family,
    artifacts: [
      ...(jlink ? [{ stage: 'jre', src: '/jre', dest: ownRuntime }] : []),
      ...packaging.artifacts(madeOf(java)),
      ...ownJars(java),
      ...account.classes.map(({ path }) => ({
        stage: 'build',
        src: `${madeOf(java).folder}/${path}/`,
        dest: `/app/${path}/`,
      })),
      ...(aot ? [{ stage: 'aot', src: `/app/${cache.file}`, dest: '/app/' }] : []),
    ],
    workdir: '/app',
    labels: labelsOf(module, name),
    entrypoint: [
      binaryOf(settings),
      ...(aot ? [cache.take] : []),
      ...jvmFlags,
      ...module.jvmArgs,
      ...(account.home ? [`-Duser.home=${home}`] : []),
      ...account.unpacked.map(({ property }) => `-D${property}=${home}`),
      ...packaging.start(main),
    ],
    ...(args.length > 0 && { cmd: args }),
    ...(port > 0 && { port }),
  };
}
