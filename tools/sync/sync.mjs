// Writes the files that are made from others: packages/<id>/schema.json and the table of ecosystems in the README.
// Usage: npm run sync [-- --check]     --check writes nothing and fails when a file is out of date. Build first.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nxSchema } from './nx-schema.mjs';
import { withTable } from './readme-table.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const checking = process.argv.includes('--check');

const manifests = readdirSync(join(root, 'templates'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  .map(({ name }) => JSON.parse(read(`templates/${name}/ecosystem.json`)))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

const made = [
  ...manifests.map((manifest) => [`packages/${manifest.id}/schema.json`, nxSchema(manifest)]),
  ['README.md', withTable(read('README.md'), manifests, JSON.parse(read('templates/images.json')))],
];

const current = (path) => {
  try {
    return read(path);
  } catch {
    return '';
  }
};
const stale = made.filter(([path, text]) => current(path) !== text);
for (const [path, text] of checking ? [] : stale) writeFileSync(join(root, path), text);
for (const [path] of stale) console.log(`${checking ? 'out of date' : 'written'}: ${path}`);
if (checking && stale.length > 0) {
  console.error('Run npm run sync and commit the result.');
  process.exitCode = 1;
}
