/** Names in the order of the repository: core first, create-msb-docker last. */
const rank = (name) => (name === 'core' ? 0 : name === 'create-msb-docker' ? 2 : 1);
const sorted = (names) => [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

const lineWidth = 120;

/** A list of references as the formatter writes it: on one line where it fits. */
function referenceList(paths) {
  const items = paths.map((path) => `{ "path": "${path}" }`);
  const line = `  "references": [${items.join(', ')}]`;
  return line.length <= lineWidth ? line : `  "references": [\n${items.map((item) => `    ${item}`).join(',\n')}\n  ]`;
}

/** A tsconfig.json with references to these packages beside those that it has; `prefix` leads to their folder. */
export function withReferences(tsconfig, prefix, names) {
  const before = [...tsconfig.matchAll(/"path": "([^"]+)"/g)].map(([, path]) => path.slice(prefix.length));
  const list = referenceList(sorted([...before, ...names]).map((name) => `${prefix}${name}`));
  return tsconfig.replace(/ {2}"references": \[[\s\S]*?\](?=\n\})/, list);
}

/** A package.json whose development dependencies have these packages of the repository, too. */
export function withDependencies(text, names) {
  const manifest = JSON.parse(text);
  const others = Object.entries(manifest.devDependencies ?? {});
  const own = others.filter(([name]) => name.startsWith('@msb/')).map(([name]) => name.slice('@msb/'.length));
  const all = sorted([...own, ...names]).map((name) => [`@msb/${name}`, manifest.version]);
  const rest = others.filter(([name]) => !name.startsWith('@msb/'));
  return `${JSON.stringify({ ...manifest, devDependencies: Object.fromEntries([...all, ...rest]) }, null, 2)}\n`;
}
