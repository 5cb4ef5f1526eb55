import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { MsbError } from '../errors.ts';
import { type FileWrite, writeAll } from './flush.ts';
import { normalize, type Tree, type TreeChange } from './tree.ts';

/**
 * A folder on disk. Writes are buffered until {@link DiskTree.flush}, and nothing outside the folder is read or
 * written: a link that leads out of it is refused, as `docker build` would not follow it either.
 */
export class DiskTree implements Tree {
  readonly root: string;
  readonly #pending = new Map<string, string | null>();

  /** `root` is an existing folder, absolute or relative to the working directory. */
  constructor(root: string) {
    const folder = resolve(root);
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      throw new MsbError('not-a-project', `There is no folder ${root}`, 'Name the folder of the project.');
    }
    this.root = realpathSync(folder);
  }

  read(path: string): Buffer | null;
  read(path: string, encoding: BufferEncoding): string | null;
  read(path: string, encoding?: BufferEncoding): Buffer | string | null {
    const pending = this.#pending.get(normalize(path));
    if (pending === null || !this.isFile(path)) return null;
    const content = pending === undefined ? readFileSync(this.#inside(path)) : Buffer.from(pending);
    return encoding === undefined ? content : content.toString(encoding);
  }

  write(path: string, content: Buffer | string): void {
    this.#inside(path);
    this.#pending.set(normalize(path), content.toString());
  }

  exists(path: string): boolean {
    const pending = this.#pending.get(normalize(path));
    return pending === undefined ? existsSync(this.#inside(path)) : pending !== null;
  }

  delete(path: string): void {
    this.#pending.set(normalize(path), null);
  }

  isFile(path: string): boolean {
    const pending = this.#pending.get(normalize(path));
    if (pending !== undefined) return pending !== null;
    const full = this.#inside(path);
    return existsSync(full) && statSync(full).isFile();
  }

  /** Links that leave the folder are left out. */
  children(path: string): string[] {
    const full = this.#inside(path);
    if (!existsSync(full) || !statSync(full).isDirectory()) return [];
    return readdirSync(full).filter((name) => this.#leadsInside(resolve(full, name)));
  }

  /** What {@link DiskTree.flush} would do. */
  changes(): readonly TreeChange[] {
    return [...this.#pending].map(([path, content]) => ({
      path,
      type: content === null ? 'DELETE' : existsSync(resolve(this.root, path)) ? 'UPDATE' : 'CREATE',
      content: content ?? '',
    }));
  }

  /** Writes all buffered changes, or none of them. Throws `not-writable`. */
  flush(): void {
    const writes: FileWrite[] = [...this.#pending].map(([path, content]) => ({ path: this.#inside(path), content }));
    writeAll(writes);
    this.#pending.clear();
  }

  #leadsInside(full: string): boolean {
    // A dangling link resolves to nothing; the closest existing parent decides for a path yet to be made.
    if (!existsSync(full)) {
      const dangling = lstatSync(full, { throwIfNoEntry: false }) !== undefined;
      return !dangling && (full === this.root || this.#leadsInside(dirname(full)));
    }
    const real = realpathSync(full);
    return real === this.root || real.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep);
  }

  #inside(path: string): string {
    const full = resolve(this.root, normalize(path));
    if (normalize(path).startsWith('..') || !this.#leadsInside(full)) {
      throw new MsbError(
        'outside-link',
        `${path} leads out of the project`,
        'Replace the link by a copy of the file: docker build does not follow links out of its context.',
        { file: normalize(path) },
      );
    }
    return full;
  }
}
