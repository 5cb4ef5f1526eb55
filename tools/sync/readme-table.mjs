const begin = '<!-- ecosystems: made by npm run sync -->';
const end = '<!-- /ecosystems -->';

const versions = (images, id) => {
  const product = { go: 'golang' }[id] ?? id;
  return Object.keys(images[product]?.versions ?? {}).join(', ');
};

/** The README with its table of ecosystems made anew. */
export function withTable(readme, manifests, images) {
  const rows = manifests.map(
    ({ id, title, markers, runtimes: [first, ...others] }) =>
      `| ${title} | \`${markers.join('`, `')}\` | ${[`**${first}**`, ...others].join(', ')} | ${versions(images, id)} | \`nx g @msb/${id}:dockerfile\` |`,
  );
  const table = ['| | found by | ships on | builds with | in Nx |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`README.md has no ${begin} … ${end}`);
  return `${before}${begin}\n${table}\n${end}${after}`;
}
