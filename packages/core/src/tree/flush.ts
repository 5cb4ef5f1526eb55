import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MsbError } from '../errors.ts';

/** One file to write; `content: null` removes it. `path` is absolute. */
export interface FileWrite {
  readonly path: string;
  readonly content: string | null;
}

interface Step {
  readonly path: string;
  readonly staged: string | null;
  readonly backup: string | null;
}

const beside = (path: string, suffix: string): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}.${suffix}`);

/** Puts one new text beside its target, so that the later rename is atomic on the same file system. */
function stage({ path, content }: FileWrite): Step {
  const backup = existsSync(path) ? beside(path, 'old') : null;
  if (content === null) return { path, staged: null, backup };
  mkdirSync(dirname(path), { recursive: true });
  const staged = beside(path, 'new');
  writeFileSync(staged, content);
  if (backup !== null) chmodSync(staged, statSync(path).mode);
  return { path, staged, backup };
}

function undo(step: Step): void {
  if (step.staged !== null) rmSync(step.staged, { force: true });
  if (step.backup !== null && existsSync(step.backup)) renameSync(step.backup, step.path);
  else if (step.backup === null && step.staged !== null) rmSync(step.path, { force: true });
}

/** Writes all files or none: new texts are staged first, then moved into place; a failure moves the old ones back. */
export function writeAll(writes: readonly FileWrite[]): void {
  const steps: Step[] = [];
  try {
    for (const write of writes) steps.push(stage(write));
    for (const { path, staged, backup } of steps) {
      if (backup !== null) renameSync(path, backup);
      if (staged !== null) renameSync(staged, path);
    }
  } catch (error) {
    for (const step of steps) undo(step);
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new MsbError(
      'not-writable',
      `The files can't be written${reason}; nothing was changed`,
      'Check who owns the folder and whether the disk is full or read-only.',
    );
  }
  for (const { backup } of steps) if (backup !== null) rmSync(backup, { force: true });
}
