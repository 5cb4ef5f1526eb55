import Handlebars from 'handlebars';
import type { TemplateValues } from '../plan.ts';
import { helpers } from './helpers.ts';

const builtIn = new Set(['if', 'unless', 'each', 'with', 'this', ...Object.keys(helpers)]);

/**
 * The names that a template uses at its top level and that `values` does not have. Names inside `{{#each}}` and
 * `{{#with}}` belong to the items; strict mode looks after those.
 */
export function undeclaredNames(
  text: string,
  values: TemplateValues,
  partials: Readonly<Record<string, string>> = {},
): readonly string[] {
  const missing = new Set<string>();
  let depth = 0;
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = (path): void => {
    const [head] = path.parts;
    const inItem = path.depth < depth;
    if (head === undefined || path.data || inItem || builtIn.has(path.original)) return;
    if (!Object.hasOwn(values, head)) missing.add(head);
  };
  const block = visitor.BlockStatement.bind(visitor);
  visitor.BlockStatement = (statement): void => {
    const changesContext = ['each', 'with'].includes(statement.path.original);
    for (const param of statement.params) visitor.accept(param);
    if (!changesContext) {
      block(statement);
      return;
    }
    depth += 1;
    visitor.accept(statement.program);
    depth -= 1;
    if (statement.inverse) visitor.accept(statement.inverse);
  };
  const partial = visitor.PartialStatement.bind(visitor);
  visitor.PartialStatement = (statement): void => {
    const name = 'original' in statement.name ? String(statement.name.original) : '';
    const included = partials[name];
    if (included === undefined) missing.add(`> ${name}`);
    else for (const inner of undeclaredNames(included, values, partials)) if (depth === 0) missing.add(inner);
    if (statement.params.length > 0) partial(statement);
  };
  visitor.accept(Handlebars.parse(text));
  return [...missing];
}
