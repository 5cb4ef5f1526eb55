import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { MsbError } from '../errors.ts';
import { writeAll } from './flush.ts';
import { Boundary, leadsNowhere, realPath } from './links.ts';
import { childOf, join, normalize, type Tree, type TreeChange } from './tree.ts';

/**
 * A folder on disk. Writes are buffered until {@link DiskTree.flush}, and nothing outside the folder is read or
 * written: a link that leads out of it is refused, as `docker build` would not follow it either.
 */
export class DiskTree implements Tree {
  readonly root: string;
  readonly #boundary: Boundary;
  readonly #pending = new Map<string, string | null>();

  /** `root` is an existing folder, absolute or relative to the working directory. */
  constructor(root: string) {
    const real = realPath(resolve(root));
    if (real === undefined || !statSync(real).isDirectory()) {
      throw new MsbError('not-a-project', `There is no folder ${root}`, 'Name the folder of the project.');
    }
    this.root = real;
    this.#boundary = new Boundary(real);
  }

  read(path: string): Buffer | null;
  read(path: string, encoding: BufferEncoding): string | null;
  read(path: string, encoding?: BufferEncoding): Buffer | string | null {
    if (!this.isFile(path)) return null;
    const pending = this.#pending.get(normalize(path)) ?? undefined;
    const content = pending === undefined ? readable(path, this.#inside(path)) : Buffer.from(pending);
    return encoding === undefined ? content : content.toString(encoding);
  }

  write(path: string, content: Buffer | string): void {
    this.#inside(path);
    this.#pending.set(normalize(path), content.toString());
  }

  exists(path: string): boolean {
    const pending = this.#pending.get(normalize(path));
    if (pending !== undefined) return pending !== null;
    return this.#pendingIn(path).length > 0 || existsSync(this.#inside(path));
  }

  delete(path: string): void {
    if (!this.isFile(path)) return;
    if (existsSync(this.#inside(path))) this.#pending.set(normalize(path), null);
    else this.#pending.delete(normalize(path));
  }

  isFile(path: string): boolean {
    const pending = this.#pending.get(normalize(path));
    return pending === undefined ? isFile(this.#inside(path)) : pending !== null;
  }

  /** Left out are links that leave the folder, and linked folders: a circle of them would never end. */
  children(path: string): string[] {
    const names = [...this.#onDisk(this.#inside(path)), ...this.#pendingIn(path)];
    return [...new Set(names)].filter((name) => this.#pending.get(join(path, name)) !== null);
  }

  /** What {@link DiskTree.flush} would do. */
  changes(): readonly TreeChange[] {
    return [...this.#pending].map(([path, content]) => ({
      path,
      type: content === null ? 'DELETE' : existsSync(resolve(this.root, path)) ? 'UPDATE' : 'CREATE',
      content: content ?? '',
    }));
  }

  /** Writes all buffered changes, or none of them; through links, as an editor would. Throws `not-writable`. */
  flush(): void {
    const writes = [...this.#pending].map(([path, content]) => {
      const full = this.#inside(path);
      return { path: content === null ? full : (realPath(full) ?? full), content };
    });
    writeAll(writes);
    this.#pending.clear();
  }

  #onDisk(full: string): readonly string[] {
    return (
      entries(full)
        .filter((entry) => !entry.isSymbolicLink() || this.#linksToFile(resolve(full, entry.name)))
        .map(({ name }) => name)
        // Legal on Linux, but a tree's path can't spell it: it is a separator there.
        .filter((name) => !name.includes('\\'))
    );
  }

  #linksToFile(full: string): boolean {
    return this.#boundary.holds(full) && isFile(full);
  }

  #pendingIn(path: string): readonly string[] {
    const written = [...this.#pending].filter(([, content]) => content !== null);
    return written.flatMap(([file]) => childOf(path, file) ?? []);
  }

  #inside(path: string): string {
    const full = resolve(this.root, normalize(path));
    if (this.#boundary.holds(full)) return full;
    throw new MsbError(
      'outside-link',
      leadsNowhere(full) ? `${path} is a link that leads nowhere` : `${path} leads out of the project`,
      normalize(path).startsWith('..')
        ? 'Move it into the project: docker build sees nothing outside of its context.'
        : 'Replace the link by a copy of the file: docker build does not follow links out of its context.',
      { file: normalize(path) },
    );
  }
}

const isFile = (full: string): boolean => {
  try {
    return statSync(full, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false; // below a file, a circle of links, too long, or no path at all
  }
};

/** What a folder holds: nothing when it is none, or one that we may not look into. */
function entries(full: string): readonly Dirent[] {
  try {
    return readdirSync(full, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readable(path: string, full: string): Buffer {
  try {
    return readFileSync(full);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new MsbError('broken-file', `${path} can't be read${reason}`, 'Check who may read it.', { file: path });
  }
}
