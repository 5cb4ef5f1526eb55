import type { Borrowed } from './borrowed.ts';
import type { Place } from './errors.ts';
import type { Choice, GivenOptions, OptionSchema, Options, OptionValue } from './options/schema.ts';
import type { BuildPlan, RuntimeFamily } from './plan.ts';
import type { Project } from './project/project.ts';
import type { Workspace } from './workspace.ts';

/** `templates/<id>/ecosystem.json`: what a language team declares as data. */
export interface Manifest {
  /** A short lower-case word; also the name of the template folder and of the package `@msb/<id>`. */
  readonly id: string;
  readonly title: string;
  /** A folder that has one of these files holds a project of this ecosystem. */
  readonly markers: readonly string[];
  /** The families its programs can ship on; the first is the default. */
  readonly runtimes: readonly RuntimeFamily[];
  /** The port that programs of this ecosystem listen on by convention. */
  readonly port: number;
  /** Options of its own, beside runtime, port and name that all ecosystems have. JSON Schema with Nx's `x-prompt`. */
  readonly options: Readonly<Record<string, OptionSchema>>;
  /** Patterns of .dockerignore for what its tools make. */
  readonly ignore: readonly string[];
}

/** Something that was found, and where: `go 1.24.2 ← go.mod:3`. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly place?: Place;
}

/** Something the user should know, although it stops nothing. */
export interface Note {
  readonly message: string;
  readonly hint: string;
  readonly place?: Place;
}

/** What an ecosystem found in a project. */
export interface Detection {
  /** What was found, each with where: `{ name, value, place: { file, line } }`. */
  readonly facts: readonly Fact[];
  /** Options that the project itself answers. */
  readonly found: GivenOptions;
  /** Best guesses for options that it leaves open: preselected in a prompt, taken when nobody can be asked. */
  readonly suggested: GivenOptions;
  /** Candidates for options that it leaves open: `{ main: [{ value: './cmd/api' }] }`. */
  readonly choices: Readonly<Record<string, readonly Choice[]>>;
  /** Options that mean nothing for this project, such as the port of a command-line tool. */
  readonly unused: readonly string[];
  /** What the user should know: `{ message, hint, place }`. */
  readonly notes: readonly Note[];
  /** By option: what to tell those for whom its suggestion was taken, because they gave no value. */
  readonly assumptions?: Readonly<Record<string, Note>>;
  /**
   * Whether nothing in the program ends it on SIGTERM. The kernel gives the first process of a container no default
   * action (https://man7.org/linux/man-pages/man7/pid_namespaces.7.html), so it has to be started by an init.
   */
  readonly needsInit?: boolean;
  /** Where the project can't ship on all families of the manifest: those that are left, the best first, and why. */
  readonly runtimes?: { readonly families: readonly RuntimeFamily[]; readonly reason: Note };
  /** Plans the build once all options are known. */
  plan(options: Options): BuildPlan;
}

/** One language's knowledge: its manifest, and how to read a project. */
export interface Ecosystem {
  readonly manifest: Manifest;
  /** Absolute path of its template folder. */
  readonly folder: string;
  /** A folder whose `<id>/<file>.hbs` and `_runtime/<file>.hbs` are taken instead of those of the same name. */
  readonly overrides?: string;
  /** Whose templates it is made of, where that is somebody else; recorded, and asked for by a later run without them. */
  readonly borrowed?: Borrowed;
  /**
   * Reads a project that has one of the markers. `given` are flags, recorded and prompted answers so far; it is called
   * again after each answer. Throws an `MsbError` for a project that can't be served.
   */
  detect(project: Project, given: GivenOptions): Detection;
  /** The packages of a workspace, where the folder is the root of one whose packages are chosen by name or folder. */
  workspace?(root: Project): Workspace | undefined;
  /**
   * The folder of the project's tree that has to be the build context, where the build needs more than the project's
   * own: that of its workspace, or one that holds a module it is replaced by. The tree may end below it.
   */
  context?(project: Project): string;
}

/** The text of an option that a flag or an answer gave; `undefined` when it is open. */
export function givenText(given: GivenOptions, name: string): string | undefined {
  const value: OptionValue | undefined = given[name];
  return value === undefined || value === '' ? undefined : String(value);
}
