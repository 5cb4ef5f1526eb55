import type { Place, Project } from '@msb/core';
import { withoutComments } from '../frameworks/config.ts';
import { type Form, formOf } from './forms.ts';
import { guardedVariables } from './guards.ts';

/** A variable of the environment that the program ends without. */
export interface Required {
  readonly name: string;
  readonly form: Form;
  readonly place: Place;
}

const name = '([A-Z][A-Z0-9_]{2,})';
const env = String.raw`(?:process\.env|import\.meta\.env|Bun\.env)(?:\.|\[['"])${name}(?:['"]\])?`;

/** Lines that end the program, or the import of the file, where a variable is not set. */
const throwing: readonly RegExp[] = [
  // process.env.KEY!
  new RegExp(`${env}!(?!=)`),
  // https://github.com/evanshortiss/env-var#required, https://docs.nestjs.com/techniques/configuration
  new RegExp(String.raw`\b(?:env|from\([^)]*\))\.get\(\s*['"]${name}['"]\s*\)[^;]*?\.required\(\)`),
  new RegExp(String.raw`\bgetOrThrow(?:<[^>]*>)?\(\s*['"]${name}['"]`),
  new RegExp(String.raw`\b(?:require|required|must|mustGet|ensure|assert)Env(?:Var)?\(\s*['"]${name}['"]`),
];

/** A line of a schema: `PORT: z.coerce.number()`, `KEY: str()`, `URL: Joi.string().required()`. */
const entry = new RegExp(
  String.raw`^\s*['"]?${name}['"]?\s*:\s*(.*\b(?:z|v|Joi|joi|yup|t|Type)\.\w+[\s\S]*|(?:str|bool|num|email|host|port|url|json)\(.*)$`,
);

/** Whether a file holds the environment against a schema. One test for each word: a file may be long. */
const isSchema = (text: string): boolean =>
  text.length < 512 * 1024 &&
  (/\bcreateEnv\(|\bcleanEnv\(|\bvalidationSchema\b/.test(text) ||
    (/\bprocess\.env\b/.test(text) && /\b(?:z|v|Joi|joi|yup)\.\w/.test(text)));

/** What of a schema may be absent. */
const optional = /\.(?:optional|nullish|default|catch|nullable|exactOptional)\(|\bv\.optional\(|\b(?:devD|d)efault\s*:/;

/** Variables that every program has, or that a platform sets. */
const known = /^(?:NODE_ENV|PORT|HOST|HOSTNAME|HOME|PATH|PWD|TZ|CI|VERCEL\w*|NETLIFY\w*|RAILWAY\w*|npm_\w+)$/;

/** The variables that `files` insist on, each with what it has to look like. Comments name none. */
export function requiredVariables(project: Project, files: readonly string[]): readonly Required[] {
  const found = new Map<string, Required>();
  const add = (variable: string, form: Form, place: Place): void => {
    if (!known.test(variable) && !found.has(variable)) found.set(variable, { name: variable, form, place });
  };
  for (const pattern of throwing) {
    for (const { file, line, match } of project.matches(files, pattern)) {
      const [, variable = ''] = match;
      if (/^\s*(?:\*|\/\/)/.test(match.input)) continue;
      add(variable, formOf(variable, ''), { file, line });
    }
  }
  for (const file of files) {
    const text = project.text(file) ?? '';
    if (text.length > 512 * 1024) continue;
    for (const { name: variable, line } of guardedVariables(withoutComments(text)))
      add(variable, formOf(variable, ''), { file, line });
  }
  for (const file of files.filter((path) => isSchema(project.text(path) ?? ''))) {
    for (const { line, rule, variable } of entries(project.text(file) ?? '')) {
      const joi = /\b[Jj]oi\.|\byup\./.test(rule);
      if (optional.test(rule) || (joi && !/\.required\(/.test(rule))) continue;
      add(variable, formOf(variable, rule), { file, line });
    }
  }
  return [...found.values()];
}

/** The entries of a schema; one may go on over several lines, each of which begins with a dot. */
function* entries(text: string) {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const follows = lines
      .slice(index + 1, index + 8)
      .findIndex((next) => !/^\s*[.)}\]]|^\s+['"]|^\s*(?:message|error)/.test(next));
    const whole =
      /,\s*$/.test(line) && !/\(\s*$|\{\s*$/.test(line)
        ? line
        : [line, ...lines.slice(index + 1, index + 1 + Math.max(follows, 0))].join(' ');
    const match = entry.exec(
      /^\s*['"]?[A-Z][A-Z0-9_]+['"]?\s*:\s*(?:z|v|Joi|joi|yup)?\s*$/.test(line)
        ? whole.replace(/:\s*(\w*)\s+\./, ': $1.')
        : whole,
    );
    const [, variable = '', rule = ''] = match ?? [];
    if (match) yield { line: index + 1, variable, rule };
  }
}
