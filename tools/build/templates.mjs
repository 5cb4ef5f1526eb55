// Copies the templates that a package needs at run time into its dist, where `templateFolder` finds them first.
// Usage: node tools/build/templates.mjs <package>   (run in packages/<package>)
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const owned = {
  core: ['_deploy', '_runtime', 'images.json', 'case.schema.json', 'ecosystem.schema.json', 'images.schema.json'],
  verify: [],
};

/** Puts `names` of the top-level templates folder into `<dist>/templates`, without fixtures. */
export function copyTemplates(names, dist) {
  const target = join(dist, 'templates');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of names) {
    const filter = (source) => !source.includes(join('templates', name, 'fixtures'));
    cpSync(join(root, 'templates', name), join(target, name), { recursive: true, filter });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const name = process.argv[2];
  const folder = join(root, 'packages', name);
  copyTemplates(owned[name] ?? [name], join(folder, 'dist'));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}
