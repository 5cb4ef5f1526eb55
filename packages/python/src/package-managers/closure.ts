import type { Place } from '@msb/core';
import type { Requirement } from '../names.ts';
import type { LockedPackage } from './manager.ts';

/** All that is needed by some requirements, from the packages of a lockfile, with the extras that are asked for. */
export function closure(
  roots: readonly Requirement[],
  locked: readonly LockedPackage[],
): ReadonlyMap<string, LockedPackage> {
  const byName = new Map(locked.map((item) => [item.name, item]));
  const found = new Map<string, LockedPackage>();
  const seen = new Set<string>();
  const queue = [...roots];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const item = byName.get(next.name);
    if (item === undefined) continue;
    found.set(item.name, item);
    const parts = ['', ...next.extras].filter((extra) => !seen.has(`${item.name}[${extra}]`));
    for (const extra of parts) {
      seen.add(`${item.name}[${extra}]`);
      queue.push(...(extra === '' ? item.dependencies : (item.extras[extra] ?? [])));
    }
  }
  return found;
}

/** What a web framework brings, by its extras or without any (`''`), for projects without a lockfile that knows. */
const brought: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'python-fasthtml': { '': ['uvicorn'] },
  fastapi: { standard: ['uvicorn', 'fastapi-cli'], all: ['uvicorn', 'fastapi-cli'] },
  litestar: { standard: ['uvicorn'], full: ['uvicorn'] },
  connexion: { uvicorn: ['uvicorn'] },
  psycopg: { binary: ['psycopg-binary'], c: ['psycopg-c'] },
  uvicorn: { standard: ['uvloop', 'httptools'] },
  celery: { redis: ['redis'] },
};

/** The packages that a project names itself, as if a lockfile had them and nothing else. */
export function namedPackages(
  requirements: readonly Requirement[],
  place: (requirement: Requirement) => Place,
): ReadonlyMap<string, LockedPackage> {
  const implied = requirements.flatMap(({ name, extras }) =>
    ['', ...extras].flatMap((extra) =>
      (brought[name]?.[extra] ?? []).map((other): Requirement => ({ name: other, extras: [], specifier: '' })),
    ),
  );
  return new Map(
    [...implied, ...requirements].map((requirement) => [
      requirement.name,
      {
        name: requirement.name,
        version: /^==\s*([\w.!+-]+)$/.exec(requirement.specifier)?.[1],
        dependencies: [],
        extras: {},
        wheels: undefined,
        git: requirement.url?.startsWith('git+') === true,
        ...(implied.includes(requirement) && { implied: true }),
        place: place(requirement),
      },
    ]),
  );
}
