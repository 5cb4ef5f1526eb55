import { join, type Project, pathWord } from '@msb/core';
import type { Build } from './build.ts';
import { type PackageJson, wholeText } from './package-json.ts';

/** Folders that a manager is sent to: `npm install --prefix client`, `yarn --cwd web`, `cd client && npm ci`. */
const sent =
  /\b(?:npm|pnpm|yarn|bun)\b[^&|;]*?\s(?:--prefix|--cwd|--dir|-C)[= ]\s*([\w./-]+)|\bcd\s+([\w./-]+)\s*(?:&&|;)\s*(?:npm|pnpm|yarn|bun)\b/g;

/**
 * Folders of the project in which the build installs dependencies of its own, with a package.json of their own. What is
 * installed there is for the build, and ships only where the project's own program is in that folder.
 */
export function nestedInstalls(
  project: Project,
  manifest: PackageJson,
  build: Build | undefined,
  entry: string,
): readonly string[] {
  const text = build?.script ? wholeText(manifest, build.script) : '';
  const folders = [...text.matchAll(sent)].map(([, one, other]) => join(one ?? other ?? ''));
  return [...new Set(folders)]
    .filter((folder) => folder !== '' && !folder.startsWith('..') && project.has(`${folder}/package.json`))
    .filter((folder) => !join(entry).startsWith(`${folder}/`))
    .map((folder) => pathWord(folder, 'A folder of the build'));
}
