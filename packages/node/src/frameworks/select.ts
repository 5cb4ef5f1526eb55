import type { Place } from '@msb/core';
import { dependsOn } from '../package-json.ts';
import { startsOwnServer } from '../start/own-server.ts';
import type { Framework, FrameworkContext, Made } from './framework.ts';
import { frameworks } from './index.ts';

/** A project's framework and what its build makes. */
export interface Found {
  readonly framework: Framework;
  /** The dependency that tells. */
  readonly place: Place;
  readonly made: Made;
}

/**
 * The first framework of the list that makes something of the project; no site where a server of the project's own
 * starts. Throws an `MsbError`.
 */
export function selectFramework(context: FrameworkContext): Found | undefined {
  const { manifest } = context;
  for (const framework of frameworks) {
    const marker = framework.packages.find((name) => dependsOn(manifest, name));
    const made = marker === undefined ? undefined : framework.detect(context);
    const found = manifest.production.get(marker ?? '') ?? manifest.development.get(marker ?? '');
    if (made?.kind === 'site' && startsOwnServer(context)) return undefined;
    if (made && found) return { framework, place: found.place, made };
  }
  return undefined;
}
