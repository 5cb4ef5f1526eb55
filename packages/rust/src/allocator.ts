import { at, itemsOf, type Note } from '@msb/core';
import type { LockedCrate } from './lock.ts';
import type { Package } from './package.ts';

/** Allocators that take the place of musl's. */
const others = ['jemallocator', 'mimalloc', 'rpmalloc', 'snmalloc-rs', 'tcmalloc', 'tikv-jemallocator'];

/** Crates that start as many threads as there are cores, whatever their features. */
const threaded = ['actix-web', 'ntex', 'rayon', 'rocket', 'warp'];

/**
 * musl's allocator has one lock for all threads (https://nickb.dev/blog/default-musl-allocator-considered-harmful-to-performance/).
 * That matters for a server whose threads all allocate; no note where it brings another allocator.
 */
export function allocatorNotes(packages: readonly Package[], lock: readonly LockedCrate[]): readonly Note[] {
  if (lock.some(({ name }) => others.includes(name))) return [];
  const owner = packages.find(runsThreads);
  if (owner === undefined) return [];
  return [
    {
      message: "Threads of a static program take turns to allocate memory, as musl's allocator has one lock for all",
      hint: 'Where a measurement shows it, make mimalloc the #[global_allocator], or link with glibc: --libc gnu.',
      place: owner.cargo.place('dependencies', 'tokio'),
    },
  ];
}

const runsThreads = ({ cargo, dependencies }: Package): boolean =>
  dependencies.some((name) => threaded.includes(name)) ||
  itemsOf(at(cargo.value, 'dependencies', 'tokio', 'features')).some(
    (feature) => feature === 'full' || feature === 'rt-multi-thread',
  );
