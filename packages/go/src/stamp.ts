import { lineOf, type Note, type Place, type Project } from '@msb/core';
import type { GoPackage } from './packages.ts';

/** The variables that a program's version is linked into. */
export interface Stamp {
  /** As `-X` takes them: `main.version`. */
  readonly variables: readonly string[];
  /** What the source says until a build says another. */
  readonly initial: string;
  /** The line that sets it for the project's own releases. */
  readonly place: Place;
}

const goreleaser = ['.goreleaser.yaml', '.goreleaser.yml', 'goreleaser.yaml', 'goreleaser.yml'];
const buildFiles = [...goreleaser, 'Makefile', 'GNUmakefile', 'Taskfile.yml', 'justfile', 'Dockerfile'];

/** `-X main.version=…`, also quoted. Only versions: who built it when would make each build another one. */
const linking = /-X[ =]["']?([A-Za-z][\w./-]*\.(?:\w*[vV]ersion|VERSION))=/g;

interface Linked {
  readonly name: string;
  readonly place: Place;
}

/**
 * The version variables (https://pkg.go.dev/cmd/link, `-X`) that the project's build files set, as far as the program
 * declares them. `module` is the path of the module, and `mains` are the folders of the programs.
 */
export function findStamp(
  project: Project,
  module: string,
  packages: readonly GoPackage[],
  mains: readonly string[],
): Stamp | undefined {
  const found = new Map<string, Stamp>();
  for (const { name, place } of linkedVersions(project)) {
    const dot = name.lastIndexOf('.');
    const [path, variable] = [name.slice(0, dot), name.slice(dot + 1)];
    const folders = path === 'main' ? mains : path.startsWith(`${module}/`) ? [path.slice(module.length + 1)] : [];
    const files = packages.filter(({ folder }) => folders.includes(folder)).flatMap((item) => item.files);
    const [initial] = files.flatMap((file) => initialValue(project.text(file) ?? '', variable) ?? []);
    if (initial !== undefined && !found.has(name)) found.set(name, { variables: [], initial, place });
  }
  const [first] = found.values();
  return first && { ...first, variables: [...found.keys()], initial: plain(first.initial) };
}

/** Every version that a build file sets. */
function linkedVersions(project: Project): readonly Linked[] {
  const linked = buildFiles.flatMap((file) => {
    const text = project.text(file) ?? '';
    return [...text.matchAll(linking)].map(
      ({ 1: name = '', index }): Linked => ({ name, place: { file, line: text.slice(0, index).split('\n').length } }),
    );
  });
  return [...linked, ...unasked(project)];
}

/** GoReleaser sets main.version where its config says nothing (https://goreleaser.com/customization/builds/builders/go/). */
function unasked(project: Project): readonly Linked[] {
  const file = goreleaser.find((name) => project.has(name));
  const text = project.text(file ?? '') ?? '';
  if (file === undefined || /^\s*(?:-\s+)?ldflags:/m.test(text)) return [];
  const line = lineOf(text, /^builds:/);
  return [{ name: 'main.version', place: { file, ...(line !== undefined && { line }) } }];
}

/**
 * The text that a package's variable starts with, `''` when it has none. `undefined` when there is no variable that the
 * linker could set: a constant, or one that a function makes.
 */
export function initialValue(text: string, variable: string): string | undefined {
  const value = String.raw`(?:[ \t]+string)?(?:[ \t]*=[ \t]*"([^"\\\n]*)")?[ \t]*(?:\/\/.*)?$`;
  const match =
    new RegExp(`^var[ \\t]+${variable}\\b${value}`, 'm').exec(text) ??
    new RegExp(`^var[ \\t]*\\($(?:\\n(?!\\)).*)*?\\n[ \\t]+${variable}\\b${value}`, 'm').exec(text);
  return match ? (match[1] ?? '') : undefined;
}

/** A default that needs no quotes anywhere. */
const plain = (initial: string): string => (/^[\w.+-]+$/.test(initial) ? initial : 'dev');

/** Says where a program shows what only a build with `.git` at hand knows (https://pkg.go.dev/runtime/debug#BuildSetting). */
export function revisionNotes(project: Project, sources: readonly string[]): readonly Note[] {
  const hit = project.search(sources, [/"vcs\.(?:revision|time|modified)"/]);
  if (hit === undefined) return [];
  return [
    {
      message:
        'The program shows the revision that it was built from, which is empty in the image: .git is not part of the build',
      hint: 'Let the linker set a version as well, as in -ldflags "-X main.version=…" in your Makefile: it becomes --build-arg VERSION.',
      place: { file: hit.file, line: hit.line },
    },
  ];
}
