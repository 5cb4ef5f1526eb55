import { join, type Project } from '@msb/core';
import { findEmbeds } from '../embeds.ts';
import type { GoPackage } from '../packages.ts';
import { parentOf } from '../packages.ts';
import { fixedPart } from './location.ts';

/** Whether a path names something that the compiler puts into the program, as an embed.FS has it. */
export function embeddedIn(project: Project, packages: readonly GoPackage[]): (path: string) => boolean {
  const names = new Set<string>();
  for (const { folder, files } of packages) {
    const prefix = folder === '' ? '' : `${folder}/`;
    const { files: embedded, missing } = findEmbeds(project, files);
    for (const path of [...embedded, ...missing.map((item) => fixedPart(item.path))]) {
      if (!path.startsWith(prefix)) continue;
      for (let name = path.slice(prefix.length); name !== ''; name = parentOf(name)) names.add(name);
    }
  }
  return (path) => names.has(join(fixedPart(path)));
}
