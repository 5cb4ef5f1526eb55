import { foldersAbove, join, type Place, type Project } from '@msb/core';
import { type PathText, pathTexts } from './literals.ts';
import { folderOfOutput, inOutput, type OutputMap } from './outputs.ts';

/** A file or folder that a program reads when it runs. */
export interface FileRead {
  /** From the project's folder. */
  readonly path: string;
  /** Where the program looks for it, from the folder in which it runs. */
  readonly at: string;
  readonly place: Place;
  /** Whether the code itself says what the path is relative to. */
  readonly sure?: boolean;
  /** Whether the build brings it there. */
  readonly made?: boolean;
}

/** What is no data of a program: its manifests, what tools read or make, and what no image may have. */
const never =
  /(^|\/)(?:package(?:-lock)?\.json|tsconfig[\w.-]*\.json|node_modules|\.git|\.env(?!\.(?:example|sample|template|dist)$)[^/]*|[\w.-]+\.config\.[cm]?[jt]s)(\/|$)/;
/** What may be a secret: core decides, and it is copied by nothing else. */
export const looksSecret = /\.(?:pem|key|crt|p12|pfx|jks|keystore)$/;
const ofTests = /(^|\/)(?:tests?|e2e|__tests__|__mocks__)(\/|$)|\.(?:test|spec)\./;
const code = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

/** Folders whose names are too common to be a path by themselves. */
const common = new Set(['.', '..', 'src', 'lib', 'app', 'dist', 'build', 'node_modules', '/']);

/**
 * Files and folders of the project that texts of `files` name: relative to where it runs (`folder`, where that is another
 * package's), to the file, to what the file becomes in the output (`map`), or to a folder above. What does not exist
 * is left out.
 */
export function readsIn(
  project: Project,
  files: readonly string[],
  map: OutputMap | undefined,
  folder: Project = project,
): readonly FileRead[] {
  const found = new Map<string, FileRead>();
  for (const named of pathTexts(project, files)) {
    for (const { path, at } of placesOf(project, named, map, folder)) {
      const known = found.get(`${path}\n${at}`);
      if (!known)
        found.set(`${path}\n${at}`, { path, at, place: named.place, ...(named.base !== 'any' && { sure: true }) });
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

type Where = Pick<FileRead, 'path' | 'at'>;

function placesOf(
  project: Project,
  { text, base, opens, place, isImport }: PathText,
  map: OutputMap | undefined,
  folder: Project,
): readonly Where[] {
  const plain = staticPart(text);
  const path = join(plain);
  const isWord = !/[/.]/.test(path);
  if (isImport && path.endsWith('.json')) return [];
  if (text.startsWith('/') || common.has(path) || path === '' || (isWord && !opens)) return [];
  const own = join(place.file, '..');
  const exists = (there: string): boolean => isData(project, there, opens);
  const cwd: readonly Where[] = folder === project && exists(path) ? [{ path, at: path }] : [];
  if (base === 'cwd' && cwd.length > 0) return cwd;
  const there = join(own, plain);
  const beside = exists(there) ? [{ path: there, at: mapped(map, own, place.file, plain, there) }] : [];
  const made = map && join(folderOfOutput(map, place.file), plain);
  const byOutput = made !== undefined && exists(made) ? [{ path: made, at: made }] : [];
  if (base === 'file' && (beside.length > 0 || byOutput.length > 0)) return beside.length > 0 ? beside : byOutput;
  const direct = [...cwd, ...beside, ...byOutput];
  if (direct.length > 0 || !opens || plain.startsWith('.')) return direct;
  // `join(root, 'views')`: some folder above
  const above = foldersAbove(own).map((up) => join(up, plain));
  const hit = above.find((candidate) => exists(candidate));
  return hit === undefined ? [] : [{ path: hit, at: (map && inOutput(map, hit)) ?? hit }];
}

/** Where compiled code looks for what lies at `there` among the sources. */
function mapped(map: OutputMap | undefined, own: string, file: string, plain: string, there: string): string {
  if (map === undefined) return there;
  const made = folderOfOutput(map, file);
  return made === own ? there : join(made, plain);
}

/** A path up to the first name that is a pattern: `content/*.md` → `content`. */
function staticPart(text: string): string {
  const names = text.split('/');
  const pattern = names.findIndex((name) => /[*{}[\]]/.test(name));
  return pattern < 0 ? text : names.slice(0, pattern).join('/') || '.';
}

const isData = (project: Project, path: string, opens: boolean): boolean =>
  path !== '' &&
  !path.startsWith(project.up === '' ? '..' : `${project.up}/..`) &&
  !never.test(path) &&
  !code.test(path) &&
  (opens || !ofTests.test(path)) &&
  project.exists(path);

/** Whether a path is a file of code, which a compiler takes along. */
export const isCode = (path: string): boolean => code.test(path);

/** The files of a folder, as `project.sources` has them but for its rules about names. */
export function filesBelow(project: Project, path: string): readonly string[] {
  if (project.has(path)) return [path];
  return project
    .list(path)
    .filter((name) => name !== 'node_modules' && name !== '.git')
    .flatMap((name) => filesBelow(project, join(path, name)));
}
