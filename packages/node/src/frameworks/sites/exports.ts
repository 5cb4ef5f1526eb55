import { at, join, readJson, textAt } from '@msb/core';
import { prerenders } from '../prerenders.ts';
import { site } from './row.ts';
import type { Settings } from './settings.ts';

/** Next.js without a server: https://nextjs.org/docs/app/guides/static-exports */
export const nextExport = site({
  title: 'Next.js',
  packages: ['next'],
  command: 'next build',
  config: 'next.config',
  is: ({ config, runs }) => config?.find(/\boutput\s*:\s*(['"`])export\1/) !== undefined || runs(/\bnext export\b/),
  folder: ({ config }) => {
    const found = config?.find(/\bdistDir\s*:\s*(['"`])([^'"`$]+)\1/);
    return found ? { value: found.match[2] ?? 'out', place: found.place } : { value: 'out' };
  },
  base: { key: 'basePath', usual: '/' },
  immutable: ['/_next/static/'],
  prefixes: ['NEXT_PUBLIC_'],
  env: { NEXT_TELEMETRY_DISABLED: '1' },
  caches: ['.next/cache'],
  maps: { key: 'productionBrowserSourceMaps' },
});

/** React Router without a server: https://reactrouter.com/how-to/spa and https://reactrouter.com/how-to/pre-rendering */
export const reactRouterSpa = site({
  title: 'React Router',
  packages: ['@react-router/dev'],
  command: 'react-router build',
  config: 'react-router.config',
  is: ({ config }) => config?.find(/\bssr\s*:\s*false\b/) !== undefined,
  folder: ({ read }) => {
    const found = read({ key: 'buildDirectory', usual: 'build' });
    return { ...found, value: join(found.value, 'client') };
  },
  base: { key: 'basename', usual: '/' },
  // Where the start page is made in advance, what routes the others has another name.
  fallback: ({ config }) => (config?.find(/\bprerender\b/) ? '/__spa-fallback.html' : '/index.html'),
  immutable: ['/assets/'],
  prefixes: ['VITE_'],
  env: prerenders,
  maps: { key: 'sourcemap' },
});

/** Remix without a server: https://v2.remix.run/docs/guides/spa-mode */
export const remixSpa = site({
  title: 'Remix',
  packages: ['@remix-run/dev'],
  command: 'remix vite:build',
  config: 'vite.config',
  is: ({ config }) => config?.find(/\bssr\s*:\s*false\b/) !== undefined,
  folder: ({ read }) => {
    const found = read({ key: 'buildDirectory', usual: 'build' });
    return { ...found, value: join(found.value, 'client') };
  },
  base: { key: 'base', usual: '/' },
  fallback: '/index.html',
  immutable: ['/assets/'],
  prefixes: ['VITE_'],
  maps: { key: 'sourcemap' },
});

/** https://svelte.dev/docs/kit/adapter-static */
export const svelteKitStatic = site({
  title: 'SvelteKit',
  packages: ['@sveltejs/adapter-static'],
  command: 'vite build',
  config: 'svelte.config',
  is: ({ config }) => config?.find(/@sveltejs\/adapter-static/) !== undefined,
  folder: { key: 'pages', usual: 'build' },
  base: { key: 'base', usual: '/' },
  fallback: ({ read }) => {
    const page = read({ key: 'fallback', usual: '' }).value;
    return page === '' || page === '404.html' ? undefined : `/${join(page)}`;
  },
  immutable: ['/_app/immutable/'],
  prefixes: ['PUBLIC_', 'VITE_'],
  maps: { key: 'sourcemap' },
});

/** https://nuxt.com/docs/4.x/getting-started/prerendering */
export const nuxtGenerate = site({
  title: 'Nuxt',
  packages: ['nuxt'],
  config: 'nuxt.config',
  is: ({ config, runs }) => runs(/\bnux[ti] generate\b/) || config?.find(/\bpreset\s*:\s*(['"])static\1/) !== undefined,
  folder: { usual: '.output/public' },
  base: { key: 'baseURL', usual: '/' },
  fallback: ({ config }) => (config?.find(/\bssr\s*:\s*false\b/) ? '/200.html' : undefined),
  immutable: ['/_nuxt/'],
  prefixes: ['NUXT_PUBLIC_'],
  env: { NUXT_TELEMETRY_DISABLED: '1' },
  maps: { key: 'sourcemap' },
});

/**
 * https://docs.expo.dev/guides/publishing-websites/ Metro's cache is not kept: values of EXPO_PUBLIC_ variables are compiled
 * into what is in it, and are no part of its key (babel-preset-expo).
 */
export const expoWeb = site({
  title: 'Expo',
  packages: ['expo'],
  command: 'expo export --platform web',
  is: ({ manifest }) => manifest.production.has('react-native-web'),
  folder: { flag: '--output-dir', usual: 'dist' },
  base: (settings) => ({ value: expoText(settings, 'experiments', 'baseUrl') ?? '/' }),
  fallback: (settings) => (expoText(settings, 'web', 'output') === 'static' ? undefined : '/index.html'),
  immutable: ['/_expo/static/'],
  prefixes: ['EXPO_PUBLIC_'],
  env: { EXPO_NO_TELEMETRY: '1' },
  maps: { flag: /--source-maps\b/ },
});

/** A text of app.json, below `expo`. Throws `broken-file`. */
function expoText({ project }: Settings, ...path: readonly string[]): string | undefined {
  if (!project.has('app.json')) return undefined;
  return textAt(at(readJson(project, 'app.json').value, 'expo'), ...path);
}
