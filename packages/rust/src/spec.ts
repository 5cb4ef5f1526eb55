import { join, type Project, shellWord } from '@msb/core';
import type { LockedCrate } from './lock.ts';
import type { Package } from './package.ts';

/**
 * A package of the project as Cargo's `--package` takes it, quoted for a shell: its name, or where the build has it
 * when a crate in Cargo.lock has the same name (https://doc.rust-lang.org/cargo/reference/pkgid-spec.html).
 */
export function packageSpec(project: Project, { name, cargo }: Package, lock: readonly LockedCrate[] = []): string {
  const alone = lock.filter((crate) => crate.name === name).length <= 1;
  return shellWord(alone ? name : `file:///${join('src', project.inContext(cargo.folder))}`, 'A package');
}
