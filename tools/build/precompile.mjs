// An esbuild plugin: puts templates that are compiled already in the place of core's render/compile.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const folder = fileURLToPath(new URL('../../templates/', import.meta.url));
const options = { noEscape: true, strict: true, preventIndent: true };

function specifications() {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.flatMap(({ name }) =>
    readdirSync(join(folder, name))
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => `${name}/${file.slice(0, -'.hbs'.length)}`),
  );
  return names.sort().map((name) => {
    const text = readFileSync(join(folder, `${name}.hbs`), 'utf8').replace(/\r\n/g, '\n');
    return `${JSON.stringify(name)}: ${Handlebars.precompile(text, options)}`;
  });
}

const contents = () => `
import runtime from 'handlebars/runtime';
import { helpers, partialNames } from './helpers.ts';
const handlebars = runtime.create();
for (const [name, helper] of Object.entries(helpers)) handlebars.registerHelper(name, helper);
const specifications = { ${specifications().join(',\n')} };
const template = (name) => handlebars.template(specifications[name]);
const partials = Object.fromEntries(partialNames.map((name) => [name, template('_runtime/' + name)]));
export const compile = (name) => (values) => template(name)(values, { partials });
`;

export const precompiled = {
  name: 'precompiled-templates',
  setup: (build) =>
    build.onLoad({ filter: /core[\\/]src[\\/]render[\\/]compile\.ts$/ }, ({ path }) => ({
      contents: contents(),
      resolveDir: join(path, '..'),
      loader: 'js',
    })),
};
