import { join } from '@msb/core';
import { wholeText } from '../../package-json.ts';
import type { FrameworkContext } from '../framework.ts';
import { site } from './row.ts';

/** Markdown in the project's own folder, which would look like documentation of the project elsewhere. */
const markdown = /\.mdx?$/;

/** https://docs.astro.build/en/reference/configuration-reference/; with an adapter it may make a server. */
export const astro = site({
  title: 'Astro',
  packages: ['astro'],
  command: 'astro build',
  config: 'astro.config',
  is: ({ config }) => config?.find(/(?:^|[\s{,])adapter\s*:/) === undefined,
  folder: { key: 'outDir', flag: '--outDir', usual: 'dist' },
  base: { key: 'base', flag: '--base', usual: '/' },
  immutable: ['/_astro/'],
  prefixes: ['PUBLIC_'],
  env: { ASTRO_TELEMETRY_DISABLED: '1' },
  caches: ['node_modules/.astro'],
  maps: { key: 'sourcemap' },
});

/** https://docusaurus.io/docs/api/docusaurus-config */
export const docusaurus = site({
  title: 'Docusaurus',
  packages: ['@docusaurus/core'],
  command: 'docusaurus build',
  config: 'docusaurus.config',
  folder: { flag: '--out-dir', usual: 'build' },
  base: { key: 'baseUrl', usual: '/' },
  immutable: ['/assets/'],
  copied: 'static',
  env: { DOCUSAURUS_NO_TELEMETRY: '1' },
  caches: ['node_modules/.cache'],
  maps: {},
});

/** The folder that a command builds, `docs` in `vitepress build docs`, and where its configuration is. */
const docsFolder = ({ build, project, manifest }: FrameworkContext, tool: string): string => {
  const command = build?.script ? wholeText(manifest, build.script) : '';
  const named = new RegExp(String.raw`\b${tool} build\s+([\w./-]+)`).exec(command)?.[1];
  const folder = named ?? ['docs', 'doc', 'website', 'site'].find((name) => project.exists(`${name}/.${tool}`)) ?? '.';
  return join(folder);
};

/** VitePress and VuePress: a folder of Markdown, with the configuration in a hidden folder there. */
const press = (title: string, packages: readonly string[], tool: string, out: string, immutable: readonly string[]) =>
  site({
    title,
    packages,
    command: `${tool} build`,
    config: (context) => {
      const folder = join(docsFolder(context, tool), `.${tool}`);
      return [`${folder}/config`, `${folder}/config/index`].find((name) =>
        ['ts', 'mts', 'js', 'mjs', 'cjs'].some((ending) => context.project.has(`${name}.${ending}`)),
      );
    },
    is: (settings) =>
      (settings.build === undefined || settings.runs(new RegExp(String.raw`\b${tool} build\b`))) &&
      settings.project.exists(join(docsFolder(settings, tool), `.${tool}`)),
    folder: (settings) => {
      const folder = docsFolder(settings, tool);
      const own = settings.read({ key: 'outDir', flag: '--outDir', usual: '' });
      if (own.value === '') return { value: join(folder, `.${tool}`, out) };
      return { ...own, value: join(folder, own.value) };
    },
    base: { key: 'base', flag: '--base', usual: '/' },
    immutable,
    prefixes: ['VITE_'],
    pages: markdown,
    maps: { key: 'sourcemap' },
  });

/** https://vitepress.dev/reference/site-config */
export const vitepress = press('VitePress', ['vitepress'], 'vitepress', 'dist', ['/assets/']);

/** https://vuepress.vuejs.org/reference/config.html */
export const vuepress = press('VuePress', ['vuepress'], 'vuepress', 'dist', ['/assets/']);

/** https://www.11ty.dev/docs/config/ */
export const eleventy = site({
  title: 'Eleventy',
  packages: ['@11ty/eleventy'],
  command: 'eleventy',
  config: ({ project }) =>
    ['eleventy.config', '.eleventy'].find((name) =>
      ['js', 'mjs', 'cjs', 'ts'].some((ending) => project.has(`${name}.${ending}`)),
    ),
  folder: ({ config, read }) => {
    const set = config?.find(/\bsetOutputDirectory\(\s*(['"`])([^'"`$]+)\1/);
    if (set) return { value: set.match[2] ?? '_site', place: set.place };
    return read({ key: 'output', flag: '--output', usual: '_site' });
  },
  base: { flag: '--pathprefix', usual: '/' },
  immutable: [],
  pages: /\.(?:md|mdx|html|njk|liquid)$/,
});

/** https://www.gatsbyjs.com/docs/how-to/previews-deploys-hosting/caching/ */
export const gatsby = site({
  title: 'Gatsby',
  packages: ['gatsby'],
  command: 'gatsby build',
  config: 'gatsby-config',
  folder: { usual: 'public' },
  base: (settings) =>
    settings.runs(/--prefix-paths\b/) ? settings.read({ key: 'pathPrefix', usual: '/' }) : { value: '/' },
  immutable: ['/static/', String.raw`-[0-9a-f]{20}\.js$`],
  copied: 'static',
  prefixes: ['GATSBY_'],
  env: { GATSBY_TELEMETRY_DISABLED: '1' },
  maps: {},
});

/** https://hexo.io/docs/commands#generate */
export const hexo = site({
  title: 'Hexo',
  packages: ['hexo'],
  command: 'hexo generate',
  folder: { usual: 'public' },
  immutable: [],
});

/** https://storybook.js.org/docs/sharing/publish-storybook; only where that is what is built. */
export const storybook = site({
  title: 'Storybook',
  packages: ['storybook', '@storybook/react', '@storybook/html', '@storybook/vue3'],
  is: ({ runs }) => runs(/\b(?:storybook build|build-storybook)\b/),
  folder: ({ read }) => {
    const short = read({ flag: '-o', usual: '' });
    return short.value === '' ? read({ flag: '--output-dir', usual: 'storybook-static' }) : short;
  },
  immutable: ['/assets/'],
});
