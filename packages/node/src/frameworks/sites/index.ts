import type { Framework } from '../framework.ts';
import { angular } from './angular.ts';
import { createReactApp, parcel, rsbuild, vite, vueCli, webpack } from './bundlers.ts';
import { expoWeb, nextExport, nuxtGenerate, reactRouterSpa, remixSpa, svelteKitStatic } from './exports.ts';
import { astro, docusaurus, eleventy, gatsby, hexo, storybook, vitepress, vuepress } from './generators.ts';
import { plain } from './plain.ts';

/** Frameworks whose build makes files for browsers, those that are built upon others first. */
export const sites: readonly Framework[] = [
  storybook,
  nextExport,
  nuxtGenerate,
  svelteKitStatic,
  reactRouterSpa,
  remixSpa,
  astro,
  docusaurus,
  vitepress,
  vuepress,
  gatsby,
  eleventy,
  hexo,
  angular,
  expoWeb,
  createReactApp,
  vueCli,
  rsbuild,
  vite,
  parcel,
  webpack,
  plain,
];
