import type { Place } from '@msb/core';
import { dependsOn, type PackageJson, readPackageJson, wholeText } from '../package-json.ts';
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
  for (const framework of frameworks) {
    const place = placeOf(framework, context);
    const made = place && framework.detect(context);
    if (made?.kind === 'site' && startsOwnServer(context)) return undefined;
    if (made) return { framework, place, made };
  }
  return undefined;
}

/** The dependency on a framework: the project's own, or the one of its workspace's root, where the build calls it. */
function placeOf({ packages, command }: Framework, { project, manifest, build }: FrameworkContext): Place | undefined {
  const own = markerOf(manifest, packages);
  if (own || command === undefined || project.root.folder === project.folder || !project.root.has('package.json'))
    return own;
  const text = build?.script ? wholeText(manifest, build.script) : '';
  const shared = text.includes(command) ? markerOf(readPackageJson(project.root), packages) : undefined;
  return shared && { ...shared, file: `${project.up}/${shared.file}` };
}

function markerOf(manifest: PackageJson, packages: readonly string[]): Place | undefined {
  const name = packages.find((one) => dependsOn(manifest, one)) ?? '';
  return (manifest.production.get(name) ?? manifest.development.get(name))?.place;
}
