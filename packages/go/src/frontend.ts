import { join, lineOf, type Note, type Place, type Project, readJson, textAt } from '@msb/core';
import type { Embeds, Missing } from './embeds.ts';
import { makeTarget } from './neededGenerators.ts';

/** A script of a package.json that makes what a program embeds. */
interface FrontEnd {
  /** `''` is the project's own folder. */
  readonly folder: string;
  readonly script: string;
  readonly place: Place;
}

/** The front end that makes a path, in a folder that holds it or elsewhere. */
export const makerOf = (project: Project, path: string): FrontEnd | undefined =>
  frontEndOf(project, path) ?? frontEndWriting(project, path);

/** The nearest package.json with a script `build` in a folder that holds a path, such as `web` for `web/dist`. */
function frontEndOf(project: Project, path: string): FrontEnd | undefined {
  const names = path.split('/');
  for (let depth = names.length - 1; depth >= 0; depth -= 1) {
    const folder = names.slice(0, depth).join('/');
    const file = join(folder, 'package.json');
    const script = project.has(file) ? textAt(readJson(project, file).value, 'scripts', 'build') : undefined;
    if (script === undefined) continue;
    const line = lineOf(project.mustText(file), /^\s*"build"\s*:/);
    return { folder, script, place: { file, ...(line !== undefined && { line }) } };
  }
  return undefined;
}

/** A front end elsewhere whose build writes to a path: `vite build --outDir ../internal/dist`. */
function frontEndWriting(project: Project, path: string): FrontEnd | undefined {
  const names = path.split('/');
  const folder = names.at(-1) === 'dist' || names.at(-1) === 'build' ? names.at(-2) : names.at(-1);
  const manifests = project.sources().filter((file) => /(^|\/)package\.json$/.test(file));
  const near = manifests.filter((file) => folder !== undefined && file.split('/').includes(folder));
  return near.map((file) => frontEndOf(project, join(file, '..', 'x'))).find((found) => found !== undefined);
}

/**
 * Says of each embedded path that is missing who makes it: a front end of the project's, or somebody. The compiler stops
 * without it. `made` are paths that the build itself generates.
 */
export function missingEmbedNotes(
  project: Project,
  missing: readonly Missing[],
  made: ReadonlySet<string>,
): readonly Note[] {
  return missing
    .filter(({ path }) => !made.has(path))
    .map(({ path, place }) => {
      const front = makerOf(project, path);
      if (front === undefined) {
        const name = path.split('/').at(-1) ?? path;
        const command = makeTarget(project, new RegExp(`[ /=]${name.replace(/[^\w-]/g, '.')}(?![\\w-])`));
        return {
          message: `${path} is embedded, but it is not there`,
          hint: command
            ? `Run ${command} before docker build, which takes ${path} from here.`
            : 'Something has to make it before the image is built: a front end, or go generate.',
          place,
        };
      }
      const folder = front.folder === '' ? 'this folder' : front.folder;
      return {
        message: `${path} is embedded, but it is not there: the front end in ${folder} has to be built first`,
        hint: `Run its build (${front.place.file}: ${front.script}) before docker build, which takes ${path} from here.`,
        place,
      };
    });
}

/** Files that keep a folder in Git until its content is made. */
const placeholder = /(^|\/)(?:\.git(?:keep|ignore)|\.keep|\.placeholder|placeholder(?:\.\w+)?|dummy(?:\.\w+)?)$/i;

/**
 * Says of each embedded folder that has nothing but a placeholder which front end makes its content: the compiler takes
 * the placeholder, and the program comes out without its pages.
 */
export function placeholderNotes(project: Project, { patterns }: Embeds): readonly Note[] {
  return patterns.flatMap(({ path, files, place }) => {
    if (files.length === 0 || !files.every((file) => placeholder.test(file))) return [];
    const front = makerOf(project, path);
    return [
      {
        message: `${path} is embedded, but it has only ${files.map((file) => file.split('/').at(-1)).join(', ')}`,
        hint: front
          ? `Run its build (${front.place.file}: ${front.script}) before docker build, which takes ${path} from here.`
          : 'Something has to make its content before the image is built.',
        place,
      },
    ];
  });
}
