// Bundles create-msb-docker into one package without dependencies: npx then fetches one tarball.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { precompiled } from './precompile.mjs';
import { copyTemplates } from './templates.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'packages/create-msb-docker');
const dist = join(folder, 'dist');

rmSync(dist, { recursive: true, force: true });
const shared = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: !process.env.MSB_READABLE,
  plugins: [precompiled],
  mainFields: ['module', 'main'], // jsonc-parser's main is UMD, which can't be bundled
  metafile: true,
  conditions: ['@msb/source'],
  legalComments: 'none',
};
/** Modules of the command line that are loaded when they are needed: entry points, since `outside` loads them, too. */
const lazy = ['prompts', 'difference', 'help', 'commands'];
/** Leaves import() of these modules to the files of another build. */
const leave = (names) => ({
  name: 'modules-of-another-build',
  setup: (build) =>
    build.onResolve({ filter: new RegExp(`^\\./(${names.join('|')})\\.ts$`) }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: path.replace(/ts$/, 'cjs'), external: true } : undefined,
    ),
});
// Each ecosystem, and what several of these share, is a file of its own, so that a run reads no more than it needs.
const command = await build({
  ...shared,
  entryPoints: Object.fromEntries(['main', ...lazy].map((name) => [name, join(folder, `src/${name}.ts`)])),
  format: 'esm', // the only one that esbuild splits
  splitting: true,
  chunkNames: '[name]-[hash]',
  write: false,
  plugins: [precompiled, leave(['outside'])],
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': '__filename' }, // see `moduleFolder`
});
// CommonJS starts faster: an ES module that imports node:fs or node:util makes node load all that those load lazily.
mkdirSync(dist, { recursive: true });
for (const { path, text } of command.outputFiles) {
  const supported = { 'dynamic-import': false }; // makes import() a require(), which starts faster, too
  const { code } = await transform(text, { format: 'cjs', target: shared.target, minify: shared.minify, supported });
  writeFileSync(path, code);
}
// For --templates: with Handlebars' compiler in the place of precompiled templates, and a real import() for the modules
// of others. Prompts and texts come from the same files as above.
const outside = await build({
  ...shared,
  entryPoints: { outside: join(folder, 'src/outside.ts') },
  format: 'cjs',
  plugins: [leave(lazy)],
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': '__filename' },
});
// plop loads its packs by import() and wants a default export.
const pack = await build({
  ...shared,
  entryPoints: { plop: join(folder, 'src/plop.ts') },
  format: 'esm',
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
copyTemplates(
  [
    'images.json',
    'ecosystem.schema.json', // for the files of --templates
    'images.schema.json',
    ...readdirSync(join(root, 'templates'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name),
  ],
  dist,
);
cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
writeFileSync(
  join(folder, 'THIRD-PARTY-NOTICES.txt'),
  notices([command, outside, pack].flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);

/** The licence of every package that went into the bundle. */
function notices(inputs) {
  const packages = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  const texts = [...packages].sort().map((path) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, path)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(root, path, file), 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  const line = `\n${'-'.repeat(80)}\n\n`;
  return `create-msb-docker contains these packages:\n${line}${texts.join(line)}`;
}
