const begin = '<!-- ecosystems: made by npm run sync -->';
const end = '<!-- /ecosystems -->';

/** `22, 24, 26`, or `1.85 to 1.98` where there are many. */
function versions(images, title) {
  const product = Object.values(images).find((candidate) => candidate.title === title);
  const supported = Object.entries(product?.versions ?? {}).filter(([, version]) => version.supported !== false);
  const all = supported.map(([version]) => version);
  return all.length > 4 ? `${all[0]} to ${all.at(-1)}` : all.join(', ');
}

/** The README with its table of ecosystems made anew. */
export function withTable(readme, manifests, images) {
  const rows = manifests.map(
    ({ id, title, markers, runtimes: [first, ...others], images: own }) =>
      `| ${title} | \`${markers.join('`, `')}\` | ${[`**${first}**`, ...others].join(', ')} | ${versions({ ...images, ...own }, title)} | \`nx g @msb/${id}:dockerfile\` |`,
  );
  const table = ['| | found by | ships on | builds with | in Nx |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`README.md has no ${begin} … ${end}`);
  return `${before}${begin}\n${table}\n${end}${after}`;
}
