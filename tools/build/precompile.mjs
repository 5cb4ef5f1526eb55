// An esbuild plugin: puts templates that are compiled already in the place of core's render/compile.ts. Those of an
// ecosystem are with its own code, which is loaded when a project needs it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const folder = fileURLToPath(new URL('../../templates/', import.meta.url));
const options = { noEscape: true, strict: true, preventIndent: true };

/** The templates of `templates/<id>`, as the source of an object: `<id>/<file>` without `.hbs` → compiled. */
function compiled(...ids) {
  const names = ids.flatMap((id) =>
    readdirSync(join(folder, id))
      .flatMap((file) => /^(.*)\.hbs$/.exec(file)?.[1] ?? [])
      .map((name) => `${id}/${name}`),
  );
  const entries = names.sort().map((name) => {
    const text = readFileSync(join(folder, `${name}.hbs`), 'utf8').replace(/\r\n/g, '\n');
    return `${JSON.stringify(name)}: ${Handlebars.precompile(text, options)}`;
  });
  return `{ ${entries.join(',\n')} }`;
}

const core = () => `
import runtime from 'handlebars/runtime';
import { helpers, partialNames } from './helpers.ts';
const handlebars = runtime.create();
for (const [name, helper] of Object.entries(helpers)) handlebars.registerHelper(name, helper);
export const specifications = ${compiled('_deploy', '_runtime')};
const template = (name) => handlebars.template(specifications[name]);
const partials = Object.fromEntries(partialNames.map((name) => [name, template('_runtime/' + name)]));
export const compile = (name) => (values) => template(name)(values, { partials });
`;

/** An ecosystem's own module, which brings its templates along. */
const ecosystem = (path, id) => `
import { specifications } from '../../core/src/render/compile.ts';
Object.assign(specifications, ${compiled(id)});
${readFileSync(path, 'utf8')}
`;

export const precompiled = {
  name: 'precompiled-templates',
  setup: (build) => {
    build.onLoad({ filter: /core[\\/]src[\\/]render[\\/]compile\.ts$/ }, ({ path }) => ({
      contents: core(),
      resolveDir: join(path, '..'),
      loader: 'js',
    }));
    build.onLoad({ filter: /packages[\\/][^\\/]+[\\/]src[\\/]index\.ts$/ }, ({ path }) => {
      const id = path.split(/[\\/]/).at(-3) ?? '';
      if (!existsSync(join(folder, id))) return undefined; // no ecosystem
      return { contents: ecosystem(path, id), resolveDir: join(path, '..'), loader: 'ts' };
    });
  },
};
