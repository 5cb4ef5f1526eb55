import { MsbError, type Note, type Place, type Project, product, unknownVersion } from '@msb/core';
import type { Build, Located, Module } from '../build.ts';
import { declaredJdk, majorOf } from './declared.ts';

/** The version of Java to build and run with, and why. */
export interface JavaChoice {
  /** A version that there are images of. */
  readonly version: string;
  readonly reason: string;
  readonly place?: Place;
  readonly notes: readonly Note[];
}

/**
 * Chooses the version: the one that was asked for, else that of the team's version manager, else that of the build file,
 * else the newest with long support that the build tool runs on. One that there is no image of becomes the next that
 * there is: Java runs what was compiled for an older one. Throws `unknown-version` or `unsupported`.
 */
export function chooseJava(project: Project, build: Build, module: Module, asked: string | undefined): JavaChoice {
  const choice = wanted(project, module, asked) ?? unnamed(build);
  const { newestJava } = build;
  if (newestJava === undefined || Number(choice.version) <= newestJava.java) return choice;
  throw new MsbError(
    'unsupported',
    `${newestJava.tool} does not run on Java ${choice.version}, only up to ${newestJava.java}`,
    'Update the wrapper: ./gradlew wrapper --gradle-version latest.',
    newestJava.place,
  );
}

function wanted(project: Project, module: Module, asked: string | undefined): JavaChoice | undefined {
  const toolchain = module.java.find(({ exact }) => exact);
  const only = toolchain && majorOf(toolchain.value);
  if (asked !== undefined) {
    if (!known().includes(asked)) throw unknownVersion('java', asked, 'java-version');
    if (toolchain && only !== undefined && only !== Number(asked)) throw notThere(toolchain, only, asked);
    return { version: asked, reason: 'as asked for', notes: [] };
  }
  if (toolchain && only !== undefined) {
    const version = known().find((candidate) => Number(candidate) >= only);
    if (version === undefined || Number(version) !== only) throw notThere(toolchain, only, version);
    return nearest(toolchain);
  }
  const jdk = declaredJdk(project);
  const compiled = module.java.find(({ value }) => majorOf(value) !== undefined);
  const least = compiled && majorOf(compiled.value);
  const managed = jdk && majorOf(jdk.value);
  // a JDK that is older than what is compiled for could not even compile it
  const found = jdk && managed !== undefined && managed >= (least ?? 0) ? jdk : compiled;
  return found && nearest(found);
}

const notThere = ({ place }: Located, only: number, other = product('java').default): MsbError =>
  new MsbError(
    'unsupported',
    `The toolchain of this build is a JDK ${only} and no other, and the image to build with has JDK ${other}`,
    `Name ${other} there; or let Gradle fetch a JDK ${only}, with the plugin org.gradle.toolchains.foojay-resolver-convention.`,
    place,
  );

const known = (): readonly string[] => Object.keys(product('java').versions);

function nearest({ value, place }: Located): JavaChoice {
  const major = majorOf(value) ?? 0;
  const version = known().find((candidate) => Number(candidate) >= major);
  if (version === undefined) throw unknownVersion('java', value, 'java-version', place);
  if (Number(version) === major) return { version, reason: 'as declared', place, notes: [] };
  const note: Note = {
    message: `Java ${major} has no images that are kept up to date, so the program is built and run with ${version}`,
    hint: `Java ${version} runs what was compiled for ${major}; say so in the build file once you have tested it.`,
    place,
  };
  return { version, reason: `the next with long support after ${major}`, place, notes: [note] };
}

/** Nothing names a version: the default, or the newest that the build tool can do with. */
function unnamed({ newestJava }: Build): JavaChoice {
  const usual = product('java').default;
  const most = newestJava?.java ?? Number(usual);
  if (Number(usual) <= most) return { version: usual, reason: 'the newest with long support', notes: [] };
  const version = known().findLast((candidate) => Number(candidate) <= most) ?? usual;
  return {
    version,
    reason: `the newest that ${newestJava?.tool} runs on`,
    ...(newestJava && { place: newestJava.place }),
    notes: [],
  };
}
