import type { Place, Project } from '@msb/core';
import { type Code, lineAt } from '../code/constants.ts';
import type { Config } from './config.ts';

/** A variable of the environment that the program ends without. */
export interface Required {
  readonly name: string;
  readonly place: Place;
}

const getenv = String.raw`System\s*\.\s*getenv\s*(?:\(\s*\)\s*(?:\.\s*get\s*\(|\[)|\()\s*"([A-Za-z_]\w*)"\s*[)\]]`;

/** Code that fails where a variable is not set; group 1 is its name. */
const fails: readonly RegExp[] = [
  new RegExp(String.raw`\brequireNonNull\s*\(\s*${getenv}`),
  new RegExp(String.raw`\b(?:requireNotNull|checkNotNull)\s*\(\s*${getenv}`),
  new RegExp(String.raw`${getenv}\s*\?:\s*(?:run\s*\{[^}]*)?(?:error\s*\(|throw\b|exitProcess\s*\(|return\b)`),
  new RegExp(String.raw`${getenv}\s*!!`),
  new RegExp(String.raw`\bofNullable\s*\(\s*${getenv}\s*\)\s*\.\s*orElseThrow\b`),
  new RegExp(String.raw`\b(?:parseInt|parseLong|parseDouble|valueOf|of|get)\s*\(\s*${getenv}\s*\)`),
  // a method that is called on nothing
  new RegExp(String.raw`${getenv}\s*\.\s*(?!equals|orEmpty|let|also|isNullOr)[a-z]\w*\s*\(`),
  /\b\w*(?:[rR]equired?|[mM]ust|[mM]andatory)\w*(?:[eE]nv|ENV|Var)\w*\s*\(\s*"([A-Z][A-Z0-9_]+)"\s*\)/,
];

/** `String x = System.getenv("X");`, which is then tested: `if (x == null) throw …`. */
const assigned = new RegExp(String.raw`\b(\w+)(?:\s*:\s*String\??)?\s*=\s*${getenv}\s*;?`, 'g');

/** The variables that code can't do without. */
export const requiredByCode = (codes: readonly Code[]): readonly Required[] =>
  codes.flatMap(({ file, text }) => {
    if (!/getenv|[eE]nv\w*\s*\(/.test(text)) return [];
    const direct = fails.flatMap((pattern) =>
      [...text.matchAll(new RegExp(pattern.source, 'g'))]
        .filter(({ 1: name = '' }) => !asked(text, name))
        .map(({ 1: name = '', index }) => ({ name, place: { file, line: lineAt(text, index) } })),
    );
    const tested = [...text.matchAll(assigned)]
      .filter(({ 1: variable = '', index, 0: { length } }) =>
        endsWithout(text.slice(index + length, index + length + 900), variable),
      )
      .map(({ 2: name = '', index }) => ({ name, place: { file, line: lineAt(text, index) } }));
    return [...direct, ...tested];
  });

/** Whether the program looks first: `System.getenv("X") != null`, `containsKey("X")`. */
const asked = (text: string, name: string): boolean =>
  new RegExp(String.raw`"${name}"\s*[)\]]\s*!=\s*null|containsKey\s*\(\s*"${name}"|"${name}"\s+in\b`).test(text);

function endsWithout(after: string, variable: string): boolean {
  const test = new RegExp(
    String.raw`\bif\s*\(\s*(?:${variable}\s*==\s*null|${variable}\s*\.\s*isNullOr\w+\(\)|\w+\.isBlank\(\s*${variable}|null\s*==\s*${variable})[^{;]*\)\s*(?:\{[^}]*?)?\b(?:throw|System\.exit|exitProcess|error)\b`,
  );
  const thrown = new RegExp(String.raw`\b(?:requireNonNull|requireNotNull|checkNotNull)\s*\(\s*${variable}\b`);
  return test.test(after) || thrown.test(after);
}

/** Properties that a framework or Java itself brings. */
const brought =
  /^(java|os|user|file|random|spring|server|management|local|info|logging|quarkus|micronaut|ktor|project|pom|sys|env|basedir|maven)[._]|^(pid|hostname|HOSTNAME|PWD|HOME|USER|PATH|PID|JAVA_HOME|LANG|TZ)$/;

/** `app.api-key` → `APP_APIKEY`, as Spring finds it in the environment. */
const springName = (key: string): string =>
  key
    .replaceAll('-', '')
    .replace(/[^A-Za-z0-9]/g, '_')
    .toUpperCase();
/** `app.api-key` → `APP_API_KEY` (https://quarkus.io/guides/config-reference#environment-variables). */
const microProfileName = (key: string): string => key.replace(/[^A-Za-z0-9]/g, '_').toUpperCase();

/** `${A:${B}}`: B only stands in for A. */
const inDefault = /\$\{[\w.-]+:[^{}]*\$\{[^}]*\}[^}]*\}/g;

/** The variables that the configuration names without a default, and settings that code needs and no file gives. */
export function requiredByConfig(
  project: Project,
  config: Config,
  everySetting: ReadonlySet<string>,
  codes: readonly Code[],
): readonly Required[] {
  const placeholders = [...config.settings].flatMap(([key, { value, place }]) =>
    /^spring\.config\.activate/.test(key)
      ? []
      : [...value.replace(inDefault, '').matchAll(/\$\{([\w.-]+)\}/g)].map(({ 1: name = '' }) => ({ name, place })),
  );
  const inLists = [...project.matches(config.files, /^\s*-\s*["']?\$\{([\w.-]+)\}/)].map(({ file, line, match }) => ({
    name: match[1] ?? '',
    place: { file, line },
  }));
  const open = [...placeholders, ...inLists].filter(
    ({ name }) => !everySetting.has(name) && !brought.test(name) && /^[A-Z][A-Z0-9_]*$/.test(name),
  );
  return [...open, ...injected(codes, everySetting)];
}

const injections: readonly (readonly [pattern: RegExp, name: (key: string) => string])[] = [
  [/@Value\s*\(\s*(?:value\s*=\s*)?"\\?\$\{([\w.-]+)\}"/g, springName],
  [
    /@ConfigProperty\s*\(\s*name\s*=\s*"([\w.-]+)"\s*\)(?!\s*(?:\w+\s+)*(?:Optional|Provider|Instance|Supplier|List)\b)/g,
    microProfileName,
  ],
];

function injected(codes: readonly Code[], given: ReadonlySet<string>): readonly Required[] {
  return codes.flatMap(({ file, text }) =>
    injections.flatMap(([pattern, nameOf]) =>
      [...text.matchAll(pattern)]
        .filter(({ 1: key = '' }) => !given.has(key) && !brought.test(key))
        .map(({ 1: key = '', index }) => ({ name: nameOf(key), place: { file, line: lineAt(text, index) } })),
    ),
  );
}

/** `${DB_URL}` of Ktor's and Akka's application.conf, where the file itself does not name it; `${?DB_URL}` may be missing. */
export function requiredByHocon(project: Project, files: readonly string[]): readonly Required[] {
  return [...project.matches(files, /^[^#/]*?\$\{([A-Z][A-Z0-9_]*)\}/)]
    .filter(({ file, match }) => !new RegExp(String.raw`^\s*${match[1]}\s*[=:{]`, 'm').test(project.text(file) ?? ''))
    .map(({ file, line, match }) => ({ name: match[1] ?? '', place: { file, line } }));
}
