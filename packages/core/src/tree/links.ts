import { lstatSync, realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';

/** A path with all links followed; `undefined` when there is nothing, or nothing that can be reached. */
export function realPath(full: string): string | undefined {
  try {
    return realpathSync.native(full);
  } catch {
    return undefined; // missing, a dangling link, a circle, below a file, too long, or no path at all
  }
}

/** Whether a path is a link whose target is missing. */
export const leadsNowhere = (full: string): boolean => isLink(full) && realPath(full) === undefined;

/**
 * A folder that nothing may lead out of. What it finds out about the folders in it, it keeps: a run asks for many
 * files that are not there, and following the links of each anew is slow.
 */
export class Boundary {
  readonly #root: string;
  readonly #folders = new Map<string, boolean>();

  /** `root` is a real path. */
  constructor(root: string) {
    this.#root = root;
    this.#folders.set(root, true);
  }

  /**
   * Whether a path, with all links followed, lies inside. For a path yet to be made its nearest parent decides; a link
   * that leads nowhere is outside, as writing through it would make its target.
   */
  holds(full: string): boolean {
    return full === this.#root || (isLink(full) ? this.#holdsTarget(full) : this.#holdsFolder(dirname(full)));
  }

  #holdsTarget(link: string): boolean {
    const real = realPath(link);
    if (real === undefined) return false;
    return real === this.#root || real.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep);
  }

  #holdsFolder(folder: string): boolean {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const holds = folder !== dirname(folder) && this.holds(folder);
    this.#folders.set(folder, holds);
    return holds;
  }
}

function isLink(full: string): boolean {
  try {
    return lstatSync(full, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false; // below a file, too long, or no path at all
  }
}
