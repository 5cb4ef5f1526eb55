import Handlebars from 'handlebars';
import { MsbError } from '../errors.ts';
import type { TemplateValues } from '../plan.ts';
import { lineOf } from '../project/project.ts';
import { compileOptions, helpers, partialNames } from './helpers.ts';
import { undeclaredNames } from './names.ts';
import { readTemplate, type TemplateFolders, templateFile } from './templates.ts';

// A private instance: the host's (plop's, Nx's) helpers and ours must not meet.
const handlebars = Handlebars.create();
for (const [name, helper] of Object.entries(helpers)) handlebars.registerHelper(name, helper);

/**
 * Compiles the template `<ecosystem>/<file>`. What it returns throws `broken-template` when the template uses a name that the values do not declare, also inside `{{#if}}`, where Handlebars' own strict mode would
 * take a typo for false.
 *
 * In the bundle of the command line this module is replaced by one whose templates were compiled beforehand
 * (tools/build/precompile.mjs): parsing them would be most of the time that a run takes.
 */
export function compile(name: string, folders: TemplateFolders): (values: TemplateValues) => string {
  const text = readTemplate(folders, name);
  const partials = Object.fromEntries(
    partialNames.map((partial) => [partial, readTemplate(folders, `_runtime/${partial}`)]),
  );
  return (values) => {
    const missing = undeclaredNames(text, values, partials);
    if (missing.length > 0) throw undeclared(name, templateFile(folders, name), text, missing, values);
    const compiled = Object.entries(partials).map(([key, partial]) => [
      key,
      handlebars.compile(partial, compileOptions),
    ]);
    return handlebars.compile(text, compileOptions)(values, { partials: Object.fromEntries(compiled) });
  };
}

function undeclared(
  name: string,
  file: string,
  text: string,
  missing: readonly string[],
  values: TemplateValues,
): MsbError {
  const line = lineOf(text, new RegExp(`\\{\\{[^}]*${(missing[0] ?? '').replace(/[^\w]/g, '.')}`));
  return new MsbError(
    'broken-template',
    `${name}.hbs uses ${missing.join(', ')}, which its plan does not declare`,
    `Correct the name, or add it to the values of this stage in the plan. Declared are ${Object.keys(values).join(', ')}.`,
    { file, ...(line !== undefined && { line }) },
  );
}
