import { MsbError, type Project } from '@msb/core';
import { type Build, hasPlugin, type Module } from '../build.ts';
import { resourceFolders } from '../mains.ts';
import { findSetting } from '../service/config.ts';
import { classPath, fatJar, lonelyJar } from './jars.ts';
import type { Packaging } from './packaging.ts';
import { quarkus } from './quarkus.ts';
import { springBoot } from './spring-boot.ts';

const bootPlugins = ['spring-boot-maven-plugin', 'org.springframework.boot'];
const quarkusPlugins = ['quarkus-maven-plugin', 'io.quarkus'];
const applicationPlugins = [
  'application',
  'io.ktor.plugin',
  'io.micronaut.application',
  'io.micronaut.minimal.application',
];

/** Whether the build itself says that a module is a program: it packs or starts one. */
export const packsProgram = (module: Module): boolean =>
  module.archive.whole !== undefined ||
  module.mainClass !== undefined ||
  hasPlugin(module, ...bootPlugins, ...quarkusPlugins, ...applicationPlugins);

/** How a module is packed. Throws `unsupported` for what can't start by itself. */
export function packagingOf(project: Project, build: Build, module: Module): Packaging {
  if (hasPlugin(module, ...bootPlugins)) return springBoot(module);
  if (hasPlugin(module, ...quarkusPlugins)) return quarkusPackaging(project, module);
  if (module.packaging.value === 'war') throw war(module);
  if (build.tool.id === 'maven') return module.archive.whole ? fatJar('') : classPath;
  if (hasPlugin(module, ...applicationPlugins)) return classPath;
  if (module.archive.whole) return fatJar('shadowJar');
  if (module.dependencies.length === 0 && module.locals.length === 0) return lonelyJar;
  throw new MsbError(
    'unsupported',
    `The build of ${module.name} puts its dependencies nowhere`,
    "Apply Gradle's plugin application, which makes a distribution: plugins { application }.",
    module.place,
  );
}

function quarkusPackaging(project: Project, module: Module): Packaging {
  const keys = ['quarkus.package.jar.type', 'quarkus.package.type'];
  const type = findSetting(project, resourceFolders(module), keys);
  if (type?.value !== 'uber-jar') return quarkus;
  const { start, ...packaging } = fatJar('quarkusBuild');
  const runner = { ...module, archive: { pattern: '*-runner.jar', whole: type } };
  return {
    ...packaging,
    start: () => start(undefined),
    stages: (made) => packaging.stages({ ...made, module: runner }),
  };
}

const war = ({ packaging }: Module): MsbError =>
  new MsbError(
    'unsupported',
    'A war is no program: it needs a server, such as Tomcat, to run in',
    'Pack it as a program (Spring Boot and Quarkus do), or write a Dockerfile FROM tomcat that copies the war to webapps/.',
    packaging.place,
  );
