import { angular } from './angular.ts';
import { astro } from './astro.ts';
import type { Framework } from './framework.ts';
import { next } from './next.ts';
import { nitro } from './nitro.ts';
import { reactRouter } from './react-router.ts';
import { sites } from './sites/index.ts';
import { svelteKit } from './sveltekit.ts';

/** All frameworks that are known, those that are built upon others first: SvelteKit before Vite. */
export const frameworks: readonly Framework[] = [next, ...nitro, svelteKit, ...reactRouter, astro, angular, ...sites];
