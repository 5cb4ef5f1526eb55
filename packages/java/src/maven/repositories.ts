import { xmlAt } from '@msb/core';
import type { PrivateRepository } from '../build.ts';
import { privateHost } from '../repositories.ts';
import { filled, lineage, type Pom, placeOf } from './pom.ts';

/** Repositories that somebody has to sign in to, as far as their host tells. */
export function privateRepositories(poms: readonly Pom[]): readonly PrivateRepository[] {
  const found = new Map<string, PrivateRepository>();
  for (const pom of poms) {
    for (const { root } of lineage(pom)) {
      const all = ['repositories', 'pluginRepositories'].flatMap((list) => xmlAt(root, list)?.children() ?? []);
      for (const repository of all) {
        const url = xmlAt(repository, 'url');
        const host = url && privateHost(filled(pom, url.text) ?? '');
        if (url && host && !found.has(host)) found.set(host, { host, place: placeOf(url) });
      }
    }
  }
  return [...found.values()];
}
