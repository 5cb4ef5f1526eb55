import type { Framework } from './framework.ts';
import { next } from './next.ts';

/** All frameworks that are known, those that are built upon others first: SvelteKit before Vite. */
export const frameworks: readonly Framework[] = [next];
