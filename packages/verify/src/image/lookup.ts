import { posix } from 'node:path';
import type { Image, SeenFile } from './image.ts';

/**
 * Finds a file as a process would, links of files and of folders followed. `undefined` when there is none, or when the
 * links lead in circles.
 */
export function lookup({ files }: Pick<Image, 'files'>, path: string): SeenFile | undefined {
  let wanted = posix.resolve('/', path);
  for (let hops = 0; hops < 40; hops += 1) {
    const names = wanted.slice(1).split('/');
    const link = names
      .map((_, index) => names.slice(0, index + 1).join('/'))
      .map((prefix) => files.get(prefix))
      .find((file) => file?.type === 'symlink' || file?.type === 'link');
    if (link === undefined) return files.get(wanted.slice(1));
    const target = link.target ?? '';
    const rest = wanted.slice(1 + link.path.length);
    const from = link.type === 'link' ? '/' : `/${posix.dirname(link.path)}`;
    wanted = posix.resolve(from, target) + rest;
  }
  return undefined;
}

/** The file that a command word starts: a path, or a name that is looked for in PATH. */
export function lookupCommand(image: Image, word: string): SeenFile | undefined {
  if (word.includes('/')) return lookup(image, posix.resolve(image.config.workdir, word));
  const folders = (image.config.env.PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(':');
  for (const folder of folders) {
    const found = lookup(image, posix.join(folder, word));
    if (found !== undefined) return found;
  }
  return undefined;
}
