import { type BuildPlan, type BuildSecret, join, type Options, type RuntimeFamily, wantsTests } from '@msb/core';
import type { Account } from './account/account.ts';
import type { Reported } from './account/report.ts';
import type { Build, Module } from './build.ts';
import type { Packaging } from './packaging/packaging.ts';
import { runtimeOf } from './runtime.ts';
import { imageStages, stagesOf, testStage } from './stages.ts';

/** Everything about a program that decides how it is built. */
export interface JavaBuild {
  readonly build: Build;
  readonly module: Module;
  readonly packaging: Packaging;
  /** The class to start, where one has to be named. */
  readonly main: string | undefined;
  /** The version of Java. */
  readonly java: string;
  /** Maven profiles to build with: `prod,eu`. */
  readonly profiles: string | undefined;
  /** The folder of the build in the build context; `''` is the same. */
  readonly folder: string;
  /** Those of the modules that have tests. */
  readonly tested: readonly Module[];
  /** Ways from the build context to its files that the build reads. */
  readonly needs: readonly string[];
  /** What the program reads, writes and needs, and the same in core's words. */
  readonly account: Account;
  readonly reported: Reported;
  /** What the program is started with. */
  readonly args: readonly string[];
}

/** Whether the cache of loaded classes is trained, and whether the runtime is made for the program. */
export interface JavaSettings {
  readonly family: RuntimeFamily;
  readonly name: string;
  readonly port: number;
  readonly aot: boolean;
  readonly jlink: boolean;
}

export const secrets: Readonly<Record<Build['tool']['id'], BuildSecret>> = {
  maven: { id: 'maven-settings', src: '$HOME/.m2/settings.xml' },
  gradle: { id: 'gradle-properties', src: '$HOME/.gradle/gradle.properties' },
};

/** Plans the build: which stages there are, what leaves them, and how the program starts. */
export function planJava(java: JavaBuild, options: Options): BuildPlan {
  const settings: JavaSettings = {
    family: String(options.runtime) as RuntimeFamily,
    name: String(options.name),
    port: Number(options.port ?? 0),
    aot: options.aot === true,
    jlink: options.jlink === true,
  };
  const { build, folder } = java;
  const folders = [...build.modules.map((module) => module.folder), ...build.plugins];
  const outputs = folders.map((path) => join(folder, path, outputOf(build)));
  return {
    ecosystem: 'java',
    images: imageStages(java, settings),
    stages: [...stagesOf(java, settings), ...(wantsTests(options) ? testStage(java, settings) : [])],
    runtime: runtimeOf(java, settings),
    ...(build.repositories.length > 0 && { secrets: [secrets[build.tool.id]] }),
    ignore: outputs,
    needs: java.needs,
    ...accounted(java, settings),
  };
}

/** What core settles. Bases with Java have fonts and what reads them; a runtime of the program's own comes without, but for distroless. */
function accounted({ reported, account: { fonts } }: JavaBuild, { jlink, family }: JavaSettings): Reported {
  const tools = fonts && jlink && family !== 'distroless' ? [...reported.tools, fonts] : reported.tools;
  return { ...reported, tools };
}

/** What the tool makes in the folder of each module. */
const outputOf = ({ tool }: Build): string => tool.output.split('/')[0] ?? tool.output;
