import { MsbError, type Place } from '../errors.ts';
import { join, relative, type Tree } from '../tree/tree.ts';

/** Folders that hold what tools make or fetch, or what people keep out of sight; never the project's own sources. */
const skipped = new Set(['node_modules', 'vendor', 'target', 'dist', 'build', 'testdata', 'coverage']);

/** Sources larger than this are generated or data; reading them would only cost time. In bytes. */
const largestSource = 512 * 1024;

/** A line of a file that matched a pattern. */
export interface Hit extends Place {
  readonly line: number;
  readonly match: RegExpExecArray;
}

/**
 * A read-only view of one folder of a tree. All paths are relative to that folder; those that begin with `..` reach
 * what else there is in the build context.
 */
export class Project {
  readonly tree: Tree;
  /** Path of the folder in its tree; `''` is the root. */
  readonly folder: string;
  /** Path of the build context in the tree: the folder, or one above it. */
  readonly context: string;
  #sources: readonly string[] | undefined;
  readonly #texts = new Map<string, string>();

  constructor(tree: Tree, folder = '', context = folder) {
    this.tree = tree;
    this.folder = join(folder);
    this.context = join(context);
  }

  /** The way from the folder up to the build context: `''`, `..`, `../..`. */
  get up(): string {
    return relative(this.folder, this.context);
  }

  /** The build context as a project of its own; this very one, where they are the same folder. */
  get root(): Project {
    return this.folder === this.context ? this : new Project(this.tree, this.context);
  }

  /** A path of the project as the build context has it: `src` → `apps/api/src`, `../../go.work` → `go.work`. */
  inContext(path: string): string {
    return relative(this.context, join(this.folder, path));
  }

  /** Whether a file of this name exists; a folder is none. */
  has(path: string): boolean {
    return this.tree.isFile(join(this.folder, path));
  }

  /** Whether a file or a folder of this name exists. */
  exists(path: string): boolean {
    return path === '.' || this.tree.exists(join(this.folder, path));
  }

  /** Names in a folder, sorted, so that the result is the same on every machine; none where there is no such folder. */
  list(path = ''): readonly string[] {
    return this.tree.children(join(this.folder, path)).sort((a, b) => (a < b ? -1 : 1));
  }

  /** The text of a file, with LF line ends, in UTF-8 or what its byte order mark says; `undefined` when there is none. */
  text(path: string): string | undefined {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const file = join(this.folder, path);
    const read = this.tree.read(file, 'utf8');
    if (read === null) return undefined;
    const text = read.startsWith('\uFFFD') ? (utf16(this.tree.read(file)) ?? read) : read;
    const unix = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
    this.#texts.set(path, unix);
    return unix;
  }

  /** The same of a file that has to be there: throws `broken-file` when it is missing. */
  mustText(path: string): string {
    const text = this.text(path);
    if (text !== undefined) return text;
    throw new MsbError('broken-file', `${path} is missing`, `Add ${path}.`, { file: path });
  }

  /**
   * All files of the project's own, sorted, shallow folders first: no dot folders, dependencies, outputs or test data.
   */
  sources(): readonly string[] {
    this.#sources ??= [...walk(this, '')].sort(byDepth);
    return this.#sources;
  }

  /** The first line that matches in any of `files`, as `{ file, line, match }`; the order of `patterns` wins over that of files. */
  search(files: readonly string[], patterns: readonly RegExp[]): Hit | undefined {
    for (const pattern of patterns) {
      for (const hit of this.matches(files, pattern)) return hit;
    }
    return undefined;
  }

  /** All lines that match a pattern, which has no flag `m`; each as `search` has it. */
  *matches(files: readonly string[], pattern: RegExp): Generator<Hit> {
    const regexp = multiline(pattern);
    for (const file of files) {
      const text = this.text(file);
      if (text === undefined || text.length > largestSource || !regexp.test(text)) continue;
      for (const [index, line] of text.split('\n').entries()) {
        const match = regexp.exec(line);
        if (match) yield { file, line: index + 1, match };
      }
    }
  }
}

const compiled = new WeakMap<RegExp, RegExp>();

/** The pattern for whole texts as for single lines. Compiled once: that is most of the time a small project takes. */
function multiline(pattern: RegExp): RegExp {
  const regexp = compiled.get(pattern) ?? new RegExp(pattern.source, `${pattern.flags}m`);
  compiled.set(pattern, regexp);
  return regexp;
}

const byDepth = (a: string, b: string): number =>
  a.split('/').length - b.split('/').length || (a < b ? -1 : a > b ? 1 : 0);

function* walk(project: Project, folder: string): Generator<string> {
  for (const name of project.list(folder)) {
    const path = join(folder, name);
    if (project.has(path)) yield path;
    else if (!skipped.has(name) && !name.startsWith('.')) yield* walk(project, path);
  }
}

/** The number of the first line that matches, from 1; `undefined` when none does. */
export function lineOf(text: string, pattern: RegExp): number | undefined {
  const index = text.split('\n').findIndex((line) => pattern.test(line));
  return index < 0 ? undefined : index + 1;
}

/** A text in UTF-16, which PowerShell 5 writes (`pip freeze > requirements.txt`); `undefined` without its byte order mark. */
function utf16(bytes: Buffer | null): string | undefined {
  const mark = bytes?.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return bytes?.toString('utf16le');
  if (mark === 'feff' && bytes && bytes.length % 2 === 0) return Buffer.from(bytes).swap16().toString('utf16le');
  return undefined;
}
