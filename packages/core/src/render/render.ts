import Handlebars from 'handlebars';
import { execArray, quoted, shellWord } from '../dockerfile/quote.ts';
import type { TemplateValues } from '../plan.ts';
import { undeclaredNames } from './names.ts';

/** Texts that templates may include by `{{> name}}`. */
export type Partials = Readonly<Record<string, string>>;

// A private instance: the host's (plop's, Nx's) helpers and ours must not meet.
const handlebars = Handlebars.create();
handlebars.registerHelper('exec', (value: readonly string[]) => execArray(value));
handlebars.registerHelper('quoted', (value: string) => quoted(value));
handlebars.registerHelper('shell', (value: string) => shellWord(value));

const options = { noEscape: true, strict: true, preventIndent: true } as const;

/**
 * Renders one template. Every name it uses must be declared in `values`, also inside `{{#if}}`, where Handlebars'
 * own strict mode would take a typo for false. Throws a plain error (a bug of the template) otherwise.
 */
export function render(name: string, text: string, values: TemplateValues, partials: Partials = {}): string {
  const missing = undeclaredNames(text, values, partials);
  if (missing.length > 0) {
    throw new Error(`${name}.hbs uses ${missing.join(', ')}, which its plan does not declare`);
  }
  const compiled = Object.fromEntries(
    Object.entries(partials).map(([key, partial]) => [key, handlebars.compile(partial, options)]),
  );
  return handlebars.compile(text, options)(values, { partials: compiled });
}
