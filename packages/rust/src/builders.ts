import { at, itemsOf, join, type Note, type Project } from '@msb/core';
import type { Named } from './account/named.ts';
import type { Program } from './programs.ts';
import type { Workspace } from './workspace.ts';

/** Whether a workspace or a package has settings for a builder of pages in WebAssembly. */
function hasLeptos({ root, packages }: Workspace): boolean {
  const inWorkspace = itemsOf(at(root.value, 'workspace', 'metadata', 'leptos')).length > 0;
  return inWorkspace || packages.some(({ cargo }) => at(cargo.value, 'package', 'metadata', 'leptos') !== undefined);
}

/** Builders that compile a page besides the program, which plain Cargo does not. */
export function builderNotes(project: Project, workspace: Workspace, [program]: readonly Program[]): readonly Note[] {
  if (program === undefined) return [];
  const folder = program.owner.cargo.folder;
  const dioxus = [join(folder, 'Dioxus.toml'), 'Dioxus.toml'].find((file) => project.has(file));
  const builder = hasLeptos(workspace) ? 'cargo leptos build' : dioxus && 'dx build';
  if (builder === undefined) return [];
  return [
    {
      message: `Your app is built by ${builder}, and Cargo alone builds its server without the page`,
      hint: `Run ${builder} --release before docker build, and mount its output when you run the image: docker run -v.`,
      place: { file: dioxus ?? program.owner.cargo.file },
    },
  ];
}

/** Servers of files that are given the working folder itself, of which nothing tells what is meant. */
export function servedFolderNotes(named: readonly Named[]): readonly Note[] {
  const served = named.find(
    ({ call, text, base }) =>
      base === 'working' &&
      /^\.?\/?$/.test(text) &&
      text !== '/' &&
      call &&
      /ServeDir|Files::new|fs::\(/.test(call.name.source),
  );
  if (served === undefined) return [];
  return [
    {
      message: "Your app serves its working folder, and the code doesn't say which files belong there",
      hint: 'Name them: --include index.html,static.',
      place: served.place,
    },
  ];
}
