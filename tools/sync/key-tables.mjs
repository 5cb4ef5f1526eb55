/** What a value of a schema is, in a few words. */
function typeOf({ type, items, enum: values, const: only, additionalProperties }) {
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  if (type === 'array') return items?.enum ? `list of ${typeOf(items)}` : `list of ${items?.type ?? 'value'}s`;
  if (type === 'object' && additionalProperties?.type === 'string') return 'texts by key';
  return type === 'string' ? 'text' : (type ?? 'text');
}

/** Each key of an object's schema and of what is in it: `options.*.type` is that of any option. */
function keysOf({ properties = {}, required = [], additionalProperties }, path = '') {
  const own = Object.entries(properties).filter(([name]) => name !== '$schema');
  const rows = own.flatMap(([name, schema]) => [
    { key: `${path}${name}`, schema, required: required.includes(name) },
    ...keysOf(schema, `${path}${name}.`),
    ...(schema.items?.properties ? keysOf(schema.items, `${path}${name}[].`) : []),
  ]);
  return additionalProperties?.properties ? [...rows, ...keysOf(additionalProperties, `${path}*.`)] : rows;
}

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('<', '\\<');

/** A table of all keys of a schema; those that must be there are bold. */
export function keyTable(schema) {
  const rows = keysOf(schema).map(({ key, schema: { description = '', ...rest }, required }) => {
    const name = required ? `**\`${key}\`**` : `\`${key}\``;
    return `| ${cell(name)} | ${cell(typeOf(rest))} | ${cell(description)} |`;
  });
  return ['| key | | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Which ecosystem ships on what, and which package managers it knows. */
export function ecosystemTable(manifests, families) {
  const mark = ({ runtimes }, family) =>
    runtimes[0] === family ? '**default**' : runtimes.includes(family) ? 'yes' : '';
  const rows = manifests.map((manifest) => {
    const marks = families.map((family) => mark(manifest, family)).join(' | ');
    return `| ${manifest.title} | ${marks} | ${(manifest.packageManagers ?? []).join(', ')} |`;
  });
  const head = `| | ${families.join(' | ')} | package managers |`;
  return [head, `|${' --- |'.repeat(families.length + 2)}`, ...rows].join('\n');
}

/** The text with what is between `<!-- name: … -->` and `<!-- /name -->` made anew. */
export function withPart(text, name, part) {
  const [, begin, end] = new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`).exec(text) ?? [];
  if (begin === undefined) throw new Error(`there is no <!-- ${name}: … --> … <!-- /${name} -->`);
  const [before = ''] = text.split(begin);
  const after = text.slice(text.indexOf(end) + end.length);
  return `${before}${begin}${part}\n${end}${after}`;
}
