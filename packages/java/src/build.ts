import type { Place, Project } from '@msb/core';

/** A value of a build file, and where it stands. */
export interface Located {
  readonly value: string;
  readonly place: Place;
}

/** A plugin of the build: `spring-boot-maven-plugin`, `org.springframework.boot`. */
export interface Plugin {
  readonly id: string;
  readonly version: string | undefined;
  readonly place: Place;
}

/** The jar or war that a build makes of a module. */
export interface Archive {
  /** The pattern of its name, below {@link BuildTool.output}: `*.jar`, `*-exec.jar`. */
  readonly pattern: string;
  /** What puts all dependencies into it, where something does. */
  readonly whole: Located | undefined;
}

/** A module: a Maven project with its pom.xml, or a Gradle project. */
export interface Module {
  /** Relative to the root of the build; `''` is the same. */
  readonly folder: string;
  /** `artifactId`, or the path of a Gradle project without its first colon. */
  readonly name: string;
  /** The file that describes it. */
  readonly place: Place;
  /** `jar`, `war`, `pom` … */
  readonly packaging: Located;
  readonly plugins: readonly Plugin[];
  /** `group:artifact` of what its own build file and those that it inherits from name. */
  readonly dependencies: readonly string[];
  /** Folders of the modules of this build that it depends on. */
  readonly locals: readonly string[];
  readonly mainClass: Located | undefined;
  readonly archive: Archive;
  /** The version of Spring Boot that it is built with, as it is spelled. */
  readonly springBoot: Located | undefined;
  /** Layers of its jar that are not Spring Boot's usual ones, or none at all. */
  readonly ownLayers: boolean;
  /** Versions of Java that it names, the one that counts first. */
  readonly java: readonly JavaVersion[];
  /** Arguments for the JVM that the build gives its own start scripts. */
  readonly jvmArgs: readonly string[];
  /** Folders of resources that are not in the usual place, from the root of the build. */
  readonly resources: readonly string[];
  /** Jars of the repository that no plugin packs: those of Maven's scope `system`. */
  readonly jars: readonly BuildFile[];
  readonly description: string | undefined;
  readonly url: string | undefined;
  readonly license: string | undefined;
}

/** A version of Java that a build file names. */
export interface JavaVersion extends Located {
  /** Whether no other will do, a newer one neither. */
  readonly exact?: boolean;
}

/** A wrapper: a script that fetches the version of the build tool that the project names. */
export interface Wrapper {
  readonly version: string;
  readonly place: Place;
}

/** A repository that no public mirror has. */
export interface PrivateRepository {
  readonly host: string;
  readonly place: Place;
}

/** A file or folder that build files name. */
export interface BuildFile {
  /** From the root of the build; may begin with `..`. */
  readonly path: string;
  readonly place: Place;
  /** Whether it has to be there before sources are: to read the build files, or to find a dependency. */
  readonly early: boolean;
}

/** A project as its build tool sees it. */
export interface Build {
  readonly tool: BuildTool;
  readonly modules: readonly Module[];
  readonly wrapper: Wrapper | undefined;
  /** Files and folders that say what the dependencies are, where they can be listed; a build of several modules can't. */
  readonly manifests: readonly string[];
  /** What build files name of the repository, to read it, to copy it or to check it. */
  readonly files: readonly BuildFile[];
  /** Folders of plugins of the project's own, whose code is compiled before anything else. */
  readonly plugins: readonly string[];
  readonly repositories: readonly PrivateRepository[];
  /** More arguments of each call: what would fail or be in the way in an image, switched off. */
  readonly args: readonly string[];
  /** What asks Git in the build and can't be told not to. */
  readonly git: Located | undefined;
  /** Programs that steps of the build start and that an image of the build tool lacks. */
  readonly started: readonly Located[];
  /** What reads a database in the build: its address, or that of the plugin. */
  readonly database: Located | undefined;
  /** The newest Java that this version of the tool runs on, and where the version stands. */
  readonly newestJava: { readonly java: number; readonly tool: string; readonly place: Place } | undefined;
}

/** Maven or Gradle. */
export interface BuildTool {
  readonly id: 'maven' | 'gradle';
  readonly title: string;
  /** A folder that has one of these is one of its projects. */
  readonly markers: readonly string[];
  /** Where jars are, below the folder of a module. */
  readonly output: string;
  /** Whether `root` is the root of a build that `folder`, relative to it, is a module of. */
  includes(root: Project, folder: string): boolean;
  /** Reads the build whose root the project is. Throws `broken-file`. */
  read(project: Project): Build;
}

/** Whether a module has a plugin. */
export const hasPlugin = ({ plugins }: Module, ...ids: readonly string[]): boolean =>
  plugins.some(({ id }) => ids.includes(id));

/** A module and those of the same build that it depends on, each once, itself first. */
export function closure({ modules }: Build, module: Module): readonly Module[] {
  const found = new Set([module]);
  for (const { locals } of found) {
    for (const folder of locals) {
      const local = modules.find((other) => other.folder === folder);
      if (local) found.add(local);
    }
  }
  return [...found];
}
