import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MsbError } from '../errors.ts';

/** One file to write; `content: null` removes it. `path` is absolute. */
export interface FileWrite {
  readonly path: string;
  readonly content: string | null;
}

/** A write, and the names beside its target that its new and its old text have for a moment. */
interface Step extends FileWrite {
  readonly staged: string;
  readonly backup: string;
  readonly existed: boolean;
}

function step(write: FileWrite): Step {
  const unique = Math.random().toString(36).slice(2, 10);
  const beside = join(dirname(write.path), `.${basename(write.path)}.${unique}`);
  return { ...write, staged: `${beside}.new`, backup: `${beside}.old`, existed: existsSync(write.path) };
}

/** Puts both texts beside the target, so that the later rename is atomic on the same file system. */
function prepare({ path, content, staged, backup, existed }: Step, folders: string[]): void {
  if (existed) {
    if (!statSync(path).isFile()) throw notAFile(path);
    if ((statSync(path).mode & 0o222) === 0) throw readOnly(path);
    copyFileSync(path, backup, constants.COPYFILE_EXCL);
  }
  if (content === null) return;
  const made = mkdirSync(dirname(path), { recursive: true });
  if (made !== undefined) folders.push(made);
  writeFileSync(staged, content, { flag: 'wx' });
  if (existed) chmodSync(staged, statSync(path).mode);
}

function commit({ path, content, staged }: Step): void {
  if (content === null) rmSync(path, { force: true });
  else renameSync(staged, path);
}

function undo({ path, backup, existed }: Step): void {
  if (existed) renameSync(backup, path);
  else rmSync(path, { force: true });
}

function tidy(steps: readonly Step[]): void {
  for (const file of steps.flatMap(({ staged, backup }) => [staged, backup])) if (existsSync(file)) rmSync(file);
}

/**
 * Writes all files or none: new texts are staged first, then moved into place; a failure moves the old ones back.
 * Throws `not-writable`.
 */
export function writeAll(writes: readonly FileWrite[]): void {
  const steps = writes.map(step);
  const done: Step[] = [];
  const folders: string[] = [];
  try {
    for (const next of steps) prepare(next, folders);
    for (const next of steps) {
      commit(next);
      done.push(next);
    }
  } catch (error) {
    for (const last of done.reverse()) undo(last);
    tidy(steps);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    throw error instanceof MsbError ? error : notWritable(error);
  }
  tidy(steps);
}

const notAFile = (path: string): MsbError =>
  new MsbError(
    'not-writable',
    `${basename(path)} is there, but it is no file; nothing was changed`,
    'Rename it: a file of this name is to be written.',
    { file: basename(path) },
  );

/** A new file could take its place all the same, but somebody made it read-only. */
const readOnly = (path: string): MsbError =>
  new MsbError(
    'not-writable',
    `${basename(path)} is read-only; nothing was changed`,
    `Make it writable first: chmod u+w ${basename(path)}.`,
    { file: basename(path) },
  );

function notWritable(error: unknown): MsbError {
  const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return new MsbError(
    'not-writable',
    `The files can't be written${reason}; nothing was changed`,
    'Check who owns the folder and whether the disk is full or read-only.',
  );
}
