import { join, type Read, textAt } from '@msb/core';
import { findBuild } from '../build.ts';
import { isCopied, outputMap } from '../reads/outputs.ts';
import { readsIn } from '../reads/reads.ts';
import { readFiles } from '../reads/shipping.ts';
import { programSources } from '../service/sources.ts';
import { type Home, placeFromTarget } from './home.ts';
import type { Package } from './workspace.ts';

/** The folder of the image that has a package of the workspace. */
const folderInImage = ({ folder }: Package): string => `/${join('app', folder)}`;

/** How the sources of a package lie in what its build makes; `undefined` where they ship as they are. */
function outputOf({ project, manifest }: Package) {
  const build = findBuild(project, manifest, undefined);
  const entry = textAt(manifest.json.value, 'main') ?? textAt(manifest.json.value, 'module') ?? 'dist/index.js';
  return build === undefined ? undefined : { build, map: outputMap(project, manifest, build, entry) };
}

/**
 * What the other packages that ship with a program read from next to their own code: a package that is compiled ships
 * what its build makes, and nothing else comes along by itself.
 */
export const readsOfLibraries = (home: Home): readonly Read[] =>
  home.shipped
    .filter((item) => item !== home.target)
    .flatMap((item): readonly Read[] => {
      const { project, manifest, folder } = item;
      const output = outputOf(item);
      const named = readsIn(project, programSources(project), output?.map, home.target.project);
      const copied = (path: string): boolean => isCopied(project, manifest, output?.build, path);
      return readFiles(project, named, output?.map.to ?? '', copied).reads.map(({ path, at, place, made }) => ({
        path: join(home.target.project.up, folder, path),
        when: 'run',
        at: join(folderInImage(item), at).replace(/^\/*/, '/'),
        place: placeFromTarget(home, item, place),
        ...(made && { made }),
      }));
    });
