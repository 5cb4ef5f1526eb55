import { baseImage, join, nameWord, pathWord, type StagePlan, shellWord } from '@msb/core';
import { type Build, closure } from './build.ts';
import type { Made } from './packaging/packaging.ts';
import { type JavaBuild, type JavaSettings, secrets } from './plan.ts';
import { aotStage, jreStages, runtimeBase } from './runtime.ts';

/**
 * The plugin that downloads and copies dependencies, in one version, so that nobody has to ask which is the newest; for
 * the Maven of an old wrapper, the last one that runs on it.
 */
const dependencyPlugin = ({ wrapper }: Build): string =>
  `org.apache.maven.plugins:maven-dependency-plugin:${isOlder(wrapper?.version, 3, 6, 3) ? '3.6.1' : '3.11.0'}`;

/** Whether a version that a wrapper names is older than another. */
function isOlder(version: string | undefined, ...than: readonly number[]): boolean {
  const [found] = than
    .map((part, index) => Number.parseInt(version?.split('.')[index] ?? String(part), 10) - part)
    .filter((difference) => difference !== 0);
  return found !== undefined && found < 0;
}

/** The external images. Without a wrapper, the build tool comes from an image of its own. */
export function imageStages(java: JavaBuild, settings: JavaSettings): readonly StagePlan[] {
  const { build } = java;
  const variant = build.wrapper ? 'jdk' : build.tool.id;
  const what = build.wrapper ? 'a JDK' : `a JDK with ${build.tool.title}`;
  return [
    { template: 'java/toolchain', values: { image: baseImage('java', java.java, variant), what } },
    ...runtimeBase(java, settings),
  ];
}

const sourcePath = (...parts: readonly string[]): string =>
  pathWord(`/${join('src', ...parts)}`, 'The folder of a module');

/** Where things are in the stages that build. */
export function madeOf({ build, module, folder }: JavaBuild): Made {
  const outputs = closure(build, module).map((item) => sourcePath(folder, item.folder, build.tool.output));
  const [output = ''] = outputs;
  return { build, module, folder: sourcePath(folder, module.folder), output, outputs };
}

/** Downloads, compiles, and parts what was made. */
export function stagesOf(java: JavaBuild, settings: JavaSettings): readonly StagePlan[] {
  const { build, packaging } = java;
  return [
    ...wrapperStage(java),
    ...historyStage(java),
    ...skeletonStage(java),
    ...(build.tool.id === 'maven' ? mavenStages(java, settings) : gradleStages(java, settings)),
    ...packaging.stages(madeOf(java)),
    ...jreStages(java, settings),
    ...aotStage(java, settings),
  ];
}

const toolStage = ({ build }: JavaBuild): string => (build.wrapper ? 'wrapper' : 'toolchain');

/** What dependencies are downloaded on: where Git is asked, there is one to answer. */
const depsFrom = (java: JavaBuild): string => (java.build.git ? 'history' : toolStage(java));

const historyStage = (java: JavaBuild): readonly StagePlan[] =>
  java.build.git ? [{ template: 'java/history', values: { from: toolStage(java) } }] : [];

function wrapperStage({ build, folder }: JavaBuild): readonly StagePlan[] {
  if (build.wrapper === undefined) return [];
  const [script, files] = build.tool.id === 'maven' ? ['mvnw', '.mvn/wrapper'] : ['gradlew', 'gradle/wrapper'];
  const inContext = (path: string): string => pathWord(join(folder, path), 'The folder of the build');
  return [
    {
      template: 'java/wrapper',
      values: {
        title: build.tool.title,
        folder: sourcePath(folder),
        script: inContext(script),
        source: inContext(files),
        files,
        command: build.tool.id === 'maven' ? 'sh ./mvnw --version' : `${gradleCommand(true)} --version`,
      },
    },
  ];
}

/** Where there are several build files, a stage finds them: a new module then needs no new Dockerfile. */
function skeletonStage({ build, folder }: JavaBuild): readonly StagePlan[] {
  if (build.manifests.length > 0) return [];
  const inContext = (path: string): string => pathWord(join(folder, path), 'A file of the build');
  const early = build.files.filter((file) => file.early).map(({ path }) => path);
  // what is found by its name needs no line
  const found = build.tool.id === 'maven' ? /(^|\/)(pom[^/]*\.xml|\.mvn\/.*)$/ : /(^|\/)gradle\/|\.gradle(\.kts)?$/;
  const hidden = build.modules.map(({ place }) => place.file).filter((file) => /(^|\/)src\//.test(file));
  const named = [...early.filter((path) => !found.test(path)), ...hidden].map(inContext);
  if (build.tool.id === 'maven') return [{ template: 'java/maven-skeleton', values: { named } }];
  return [{ template: 'java/gradle-skeleton', values: { plugins: build.plugins.map(inContext), named } }];
}

function manifestCopies({ build, folder }: JavaBuild): readonly string[] {
  if (build.manifests.length === 0) return ['COPY --link --from=skeleton /skeleton /src'];
  return build.manifests.map((path) => {
    const source = pathWord(join(folder, path), 'A build file');
    return `COPY --link ${source} ${sourcePath(folder, path)}`;
  });
}

/** Maven, for the module that ships and those that it depends on. */
function mavenCommand({ build, module, profiles }: JavaBuild): string {
  return [
    build.wrapper ? 'sh ./mvnw' : 'mvn',
    isOlder(build.wrapper?.version, 3, 6, 1) ? '-B' : '-B -ntp',
    ...(profiles ? [`-P${shellWord(profiles, 'A profile')}`] : []),
    ...(module.folder === '' ? [] : [`-pl ${shellWord(module.folder, 'The folder of a module')}`, '-am']),
  ].join(' ');
}

function mavenStages(java: JavaBuild, { name }: JavaSettings): readonly StagePlan[] {
  const { build, packaging, folder } = java;
  const cache = nameWord(name, 'The name');
  const call = mavenCommand(java);
  const goals = (list: readonly string[]): string =>
    list.map((goal) => goal.replace(/^dependency:/, `${dependencyPlugin(build)}:`)).join(' ');
  const shared = {
    folder: sourcePath(folder),
    cache,
    secret: secretMount(java, mavenSettings),
  };
  const values = {
    ...shared,
    from: depsFrom(java),
    copies: manifestCopies(java),
    download: [call, '--fail-never', goals(['dependency:go-offline', ...(packaging.offline ?? [])])].join(' '),
  };
  const compile = [call, ...build.args, goals(['package'])].join(' ');
  const more = packaging.goals?.map((goal) => [call, ...build.args, goals(['package', goal])].join(' '));
  return [
    { template: 'java/maven-deps', values },
    { template: 'java/maven-build', values: { ...shared, compile: more?.[0] ?? compile } },
  ];
}

const gradleCommand = (wrapper: boolean): string =>
  `${wrapper ? 'sh gradlew' : 'gradle'} --gradle-user-home /gradle --no-daemon --console=plain`;

function gradleStages(java: JavaBuild, { name }: JavaSettings): readonly StagePlan[] {
  const { build, module, packaging, folder } = java;
  const command = gradleCommand(build.wrapper !== undefined);
  const project = module.folder === '' ? '' : `:${module.name}`;
  const shared = {
    folder: sourcePath(folder),
    cache: nameWord(name, 'The name'),
    secret: secretMount(java, gradleProperties),
  };
  const task = (name: string): string => shellWord(`${project}:${name}`, 'The name of a module');
  return [
    {
      template: 'java/gradle-deps',
      values: {
        ...shared,
        from: depsFrom(java),
        copies: manifestCopies(java),
        download: `${command} -Dorg.gradle.configuration-cache=false --init-script /download.gradle downloadDependencies`,
      },
    },
    {
      template: 'java/gradle-build',
      values: { ...shared, compile: [command, ...build.args, task(packaging.task)].join(' ') },
    },
  ];
}

/** Runs the tests of the modules that the program is made of, on what was built. */
export function testStage(java: JavaBuild, { name }: JavaSettings): readonly StagePlan[] {
  const { build, tested } = java;
  if (tested.length === 0) return [];
  const cache = nameWord(name, 'The name');
  if (build.tool.id === 'gradle') {
    const tasks = tested.map((item) => shellWord(item.folder === '' ? ':test' : `:${item.name}:test`, 'A module'));
    const command = [gradleCommand(build.wrapper !== undefined), ...build.args, ...tasks].join(' ');
    return [{ template: 'java/gradle-test', values: { cache, secret: secretMount(java, gradleProperties), command } }];
  }
  // tests that other modules use are a jar of their own, which is made later
  const goal = build.args.includes('-DskipTests') ? 'package' : 'test';
  const args = build.args.filter((arg) => !/^-D(skipTests|maven\.test\.skip)\b/.test(arg));
  const command = [mavenCommand(java), ...args, goal].join(' ');
  return [{ template: 'java/maven-test', values: { cache, secret: secretMount(java, mavenSettings), command } }];
}

/** Where the tools look for credentials. */
const [mavenSettings, gradleProperties] = ['/root/.m2/settings.xml', '/gradle/gradle.properties'];

function secretMount({ build }: JavaBuild, target: string): string | undefined {
  if (build.repositories.length === 0) return undefined;
  return `--mount=type=secret,id=${secrets[build.tool.id].id},target=${target}`;
}
