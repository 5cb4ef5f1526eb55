// Writes the files that are made from others: packages/<id>/schema.json, tables in README.md and templates/README.md, and
// where the packages of ecosystems have to be named so that they are built.
// Usage: npm run sync [-- --check]     --check writes nothing and fails when a file is out of date. Build first.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionRows, functionTable, interfaceTable, methodRows } from './code-tables.mjs';
import { ecosystemTable, keyTable, withPart } from './key-tables.mjs';
import { nxSchema } from './nx-schema.mjs';
import { withTable } from './readme-table.mjs';
import { withDependencies, withReferences } from './references.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const checking = process.argv.includes('--check');

const manifests = readdirSync(join(root, 'templates'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  .map(({ name }) => JSON.parse(read(`templates/${name}/ecosystem.json`)))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

const plans = ['BuildPlan', 'StagePlan', 'RuntimePlan', 'Artifact'];
const accesses = ['Read', 'Write', 'Setting', 'ToolUse'];
const core = (path) => read(`packages/core/src/${path}`);

/** What detect.ts may call: all that reads a project, and what every language needs besides. */
function calls() {
  const readers = readdirSync(join(root, 'packages/core/src/project'))
    .filter((name) => !/\.test\.ts$|^project\.ts$/.test(name))
    .sort()
    .map((name) => `project/${name}`);
  const modules = [...readers, 'ports.ts', 'name.ts', 'images.ts', 'dockerfile/quote.ts'];
  const rows = modules.flatMap((path) => functionRows(core(path), core('index.ts')));
  return functionTable([...methodRows(core('project/project.ts'), 'project'), ...rows]);
}

/** The page about templates, with its tables of ecosystems, of what schemas allow and of what core declares. */
function templatesReadme() {
  const ecosystem = JSON.parse(read('templates/ecosystem.schema.json'));
  const families = ecosystem.properties.runtimes.items.enum;
  const tables = [
    ['ecosystems', ecosystemTable(manifests, families)],
    ['ecosystem.json', keyTable(ecosystem)],
    ['case.json', keyTable(JSON.parse(read('templates/case.schema.json')))],
    ['detection', interfaceTable(core('ecosystem.ts'), 'Detection')],
    ['calls', calls()],
    ['plan', plans.map((name) => interfaceTable(core('plan.ts'), name)).join('\n\n')],
    ['accesses', accesses.map((name) => interfaceTable(core('account/access.ts'), name)).join('\n\n')],
    ['traits', interfaceTable(core('testing/content.ts'), 'ImageTraits')],
  ];
  return tables.reduce((text, [name, table]) => withPart(text, name, table), read('templates/README.md'));
}

const ids = manifests.map(({ id }) => id);
const command = 'packages/create-msb-docker';
const made = [
  ...manifests.map((manifest) => [`packages/${manifest.id}/schema.json`, nxSchema(manifest)]),
  ['tsconfig.json', withReferences(read('tsconfig.json'), 'packages/', ids)],
  [`${command}/tsconfig.json`, withReferences(read(`${command}/tsconfig.json`), '../', ids)],
  [`${command}/package.json`, withDependencies(read(`${command}/package.json`), ids)],
  ['templates/README.md', templatesReadme()],
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
