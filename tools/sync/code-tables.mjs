// Tables of what ecosystems may use and have to give, from the declarations of core and their comments.

/** The first sentence of a comment on one line, without what only TypeScript understands. */
function sentence(comment = '') {
  const text = comment
    .replace(/^\s*\*\s?/gm, '')
    .replace(/\{@link (?:import\([^)]*\))?\.?([^}]*)\}/g, (_, name) => `\`${name.trim()}\``)
    .replace(/\s+/g, ' ')
    .trim();
  return (/^.*?\.(?=\s+[A-Z`])/.exec(text)?.[0] ?? text).replace(/\.$/, '');
}

/** Text in a cell of a table; what is in backticks is code, and stays as it is. */
const cell = (text) =>
  text
    .replaceAll('|', '\\|')
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '\\<') : part))
    .join('`');
const table = (head, rows) =>
  [head, '| --- | --- |', ...rows.map(([name, about]) => `| ${name} | ${about} |`)].join('\n');

/** `files, patterns` of `files: readonly string[], patterns: readonly RegExp[]`; generics and defaults are left out. */
function parameters(text) {
  const flat = text.replace(/<[^<>]*>|\([^()]*\)|\{[^{}]*\}/g, '');
  return flat.split(',').flatMap((part) => /^\s*(?:\.\.\.)?(\w+)/.exec(part)?.[1] ?? []);
}

const call = (name, params) => `\`${name}(${parameters(params).join(', ')})\``;

/** What the methods of a class do; `object` is what the page calls an instance. */
export function methodRows(source, object) {
  const methods = source.matchAll(/ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(get )?\*?(\w+)\(([^)]*)\)/g);
  return [...methods].map(([, comment, getter, name, params]) => [
    getter ? `\`${object}.${name}\`` : call(`${object}.${name}`, params),
    cell(sentence(comment)),
  ]);
}

/** What those of a module's functions do that `index`, which exports all there is, names. */
export function functionRows(source, index) {
  const functions = source.matchAll(
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport (?:function (\w+)(?:<[^>]*>)?\(([^)]*)\)|const (\w+) = (?:<[^>]*>)?\(([^)]*)\))/g,
  );
  return [...functions]
    .filter(([, , name, , constant]) => new RegExp(`\\b${name ?? constant}\\b`).test(index))
    .map(([, comment, name, params, constant, others]) => [
      call(name ?? constant, params ?? others),
      cell(sentence(comment)),
    ]);
}

/** The keys of an interface, with what their comments say; one that must be there is bold. */
function keyRows(source, name) {
  const body = new RegExp(`export interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(source)?.[1];
  if (body === undefined) throw new Error(`there is no interface ${name}`);
  const members = body.matchAll(
    /(?: {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)? {2}(?:readonly )?(\w+)(\?)?(?::\s*([^;]*);|\()/g,
  );
  return [...members].map(([, comment, key, optional, type]) => [
    optional ? `\`${key}\`` : `**\`${key}\`**`,
    cell(sentence(comment) || `\`${(type ?? '').replace(/readonly /g, '').replace(/\s+/g, ' ')}\``),
  ]);
}

export const functionTable = (rows) => table('| call | gives |', rows);
export const interfaceTable = (source, name) => table(`| ${name} | |`, keyRows(source, name));
