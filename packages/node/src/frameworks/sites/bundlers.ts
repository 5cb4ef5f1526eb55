import { join, textAt } from '@msb/core';
import { site } from './row.ts';
import type { Settings } from './settings.ts';
import { legacyHashes } from './webpack4.ts';

/** Whether what the page names has no hash in its name, as the configuration wants it. */
const ownNames = ({ config }: Settings): boolean => config?.find(/\b(?:entry|chunk|asset)FileNames\b/) !== undefined;

/** A folder of Vite's configuration: `root: 'web'`. */
const viteRoot = { key: 'root', usual: '.' };

/** React, Vue, Svelte, Solid, Preact and what else is built with Vite: https://vite.dev/guide/build */
export const vite = site({
  title: 'Vite',
  packages: ['vite'],
  command: 'vite build',
  config: 'vite.config',
  is: ({ project, read, runs, config }) =>
    project.has(join(read(viteRoot).value, 'index.html')) &&
    !runs(/\s--ssr\b/) &&
    config?.find(/\bbuild\s*:\s*\{[^}]*?\blib\s*:/) === undefined,
  root: viteRoot,
  folder: { key: 'outDir', flag: '--outDir', usual: 'dist' },
  base: { key: 'base', flag: '--base', usual: '/' },
  fallback: ({ config }) => (config?.find(/\bappType\s*:\s*['"]mpa['"]/) ? undefined : '/index.html'),
  immutable: (settings) => (ownNames(settings) ? [] : ['/assets/']),
  prefixes: ['VITE_'],
  maps: { key: 'sourcemap', flag: /--sourcemap\b/ },
});

/** https://create-react-app.dev/docs/production-build */
export const createReactApp = site({
  title: 'Create React App',
  packages: ['react-scripts', 'react-app-rewired', '@craco/craco'],
  command: 'react-scripts build',
  folder: ({ build }) => {
    const set = /\bBUILD_PATH=['"]?([^\s'"]+)/.exec(build?.script?.text ?? '')?.[1];
    return set === undefined || !build ? { value: 'build' } : { value: set, place: build.place };
  },
  base: ({ manifest }) => {
    const homepage = textAt(manifest.json.value, 'homepage');
    return homepage === undefined ? { value: '/' } : { value: homepage, place: manifest.place('homepage') };
  },
  fallback: '/index.html',
  immutable: ['/static/'],
  prefixes: ['REACT_APP_'],
  // It takes warnings for errors where CI is set, as it is for pnpm.
  env: ({ manifest, runs }) => ({
    CI: 'false',
    ...(runs(/GENERATE_SOURCEMAP=/) ? {} : { GENERATE_SOURCEMAP: 'false' }),
    ...legacyHashes(manifest, 'react-scripts', 5),
  }),
  caches: ['node_modules/.cache'],
  maps: { flag: /GENERATE_SOURCEMAP=['"]?true/ },
});

/** https://cli.vuejs.org/config */
export const vueCli = site({
  title: 'Vue CLI',
  packages: ['@vue/cli-service'],
  command: 'vue-cli-service build',
  config: 'vue.config',
  is: ({ runs }) => !runs(/--target\s+(?:lib|wc)/),
  folder: { key: 'outputDir', flag: '--dest', usual: 'dist' },
  base: { key: 'publicPath', usual: '/' },
  fallback: '/index.html',
  immutable: ({ config }) =>
    config?.find(/\bfilenameHashing\s*:\s*false/) ? [] : ['/css/', '/fonts/', '/img/', '/js/', '/media/'],
  prefixes: ['VUE_APP_'],
  env: ({ manifest }) => legacyHashes(manifest, '@vue/cli-service', 5),
  caches: ['node_modules/.cache'],
  maps: { key: 'productionSourceMap' },
});

/** https://parceljs.org/features/production/ */
export const parcel = site({
  title: 'Parcel',
  packages: ['parcel', 'parcel-bundler'],
  is: ({ manifest, runs }) =>
    runs(/\bparcel build\b/) && (runs(/\.html\b/) || /\.html$/.test(textAt(manifest.json.value, 'source') ?? '')),
  folder: ({ read, manifest }) =>
    read({ flag: manifest.development.has('parcel-bundler') ? '--out-dir' : '--dist-dir', usual: 'dist' }),
  base: { flag: '--public-url', usual: '/' },
  fallback: '/index.html',
  immutable: [String.raw`\.[0-9a-f]{8}\.(?:css|js|jpe?g|png|svg|webp|woff2?)$`],
  caches: ['.parcel-cache'],
  maps: {},
});

/** https://rsbuild.rs/config/output/dist-path */
export const rsbuild = site({
  title: 'Rsbuild',
  packages: ['@rsbuild/core'],
  command: 'rsbuild build',
  config: 'rsbuild.config',
  folder: ({ config }) => {
    const found = config?.find(/\bdistPath\s*:\s*\{[^}]*?\broot\s*:\s*(['"`])([^'"`$]+)\1/);
    return found ? { value: found.match[2] ?? 'dist', place: found.place } : { value: 'dist' };
  },
  base: { key: 'assetPrefix', usual: '/' },
  fallback: '/index.html',
  immutable: ['/static/'],
  prefixes: ['PUBLIC_'],
  maps: { key: 'sourceMap' },
});

/** webpack with a page of its own: https://webpack.js.org/configuration/output/ */
export const webpack = site({
  title: 'webpack',
  packages: ['html-webpack-plugin'],
  config: ({ project }) =>
    ['webpack.config', 'webpack.prod', 'webpack.config.prod', 'webpack.common'].find((name) =>
      ['js', 'ts', 'cjs', 'mjs'].some((ending) => project.has(`${name}.${ending}`)),
    ),
  is: ({ runs }) => runs(/\bwebpack\b/),
  folder: ({ config }) => {
    const found = config?.find(/\bpath\s*:\s*(?:path\.)?(?:resolve|join)\([^'"`)]*(['"`])([^'"`$]+)\1\s*\)/);
    return found ? { value: found.match[2] ?? 'dist', place: found.place } : { value: 'dist' };
  },
  base: { key: 'publicPath', usual: '/' },
  fallback: '/index.html',
  immutable: [String.raw`\.[0-9a-f]{20}\.(?:css|js)$`],
  env: ({ manifest }) => legacyHashes(manifest, 'webpack', 5),
  maps: { key: 'devtool' },
});
