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
export function leadsNowhere(full: string): boolean {
  try {
    return realPath(full) === undefined && lstatSync(full).isSymbolicLink();
  } catch {
    return false;
  }
}

/**
 * Whether a path, with all links followed, lies in the folder `root` (a real path). For a path yet to be made its
 * nearest parent decides; a link that leads nowhere is outside, as writing through it would make its target.
 */
export function leadsInside(root: string, full: string): boolean {
  const real = realPath(full);
  if (real !== undefined) return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
  return !leadsNowhere(full) && full !== dirname(full) && leadsInside(root, dirname(full));
}
