import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A copy of this repository as somebody would have who cloned and installed it, without fixtures. */
export function copyOfRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'msb-new-'));
  const skipped = /(^|\/)(node_modules|\.git|\.nx|\.tsc)(\/|$)|^templates\/[^/]+\/fixtures/;
  cpSync(root, folder, { recursive: true, filter: (source) => !skipped.test(source.slice(root.length)) });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@msb'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@msb') symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  for (const name of readdirSync(join(root, 'node_modules/@msb'))) {
    symlinkSync(join('../../packages', name), join(modules, '@msb', name));
  }
  return folder;
}
