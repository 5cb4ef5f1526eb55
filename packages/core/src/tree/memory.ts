import { childOf, normalize, type Tree } from './tree.ts';

/** A tree in memory, for tests and dry experiments. */
export class MemoryTree implements Tree {
  readonly root = '/memory';
  readonly #files = new Map<string, string>();

  /** `files` maps paths to their text. */
  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  read(path: string): Buffer | null;
  read(path: string, encoding: BufferEncoding): string | null;
  read(path: string, encoding?: BufferEncoding): Buffer | string | null {
    const text = this.#files.get(normalize(path));
    if (text === undefined) return null;
    return encoding === undefined ? Buffer.from(text) : text;
  }

  write(path: string, content: Buffer | string): void {
    this.#files.set(normalize(path), content.toString());
  }

  exists(path: string): boolean {
    return normalize(path) === '' || this.isFile(path) || this.children(path).length > 0;
  }

  delete(path: string): void {
    this.#files.delete(normalize(path));
  }

  isFile(path: string): boolean {
    return this.#files.has(normalize(path));
  }

  children(path: string): string[] {
    return [...new Set([...this.#files.keys()].flatMap((file) => childOf(path, file) ?? []))];
  }
}
