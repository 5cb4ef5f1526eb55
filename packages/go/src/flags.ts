import { pathWord, type RuntimeFamily } from '@msb/core';
import type { GoBuild } from './plan.ts';
import { lacksZones } from './runtime.ts';

/** What takes a command into the folder of the module, where that is not the build context's own. */
export const chdir = ({ folder }: GoBuild): readonly string[] =>
  folder === '' ? [] : [`-C ${pathWord(folder, 'The folder of the module')}`];

/** What the linker is told; in double quotes as soon as it is more than one word, so that VERSION is put in. */
function linkerFlags({ cgo, libraries, stamp, symbols }: GoBuild): readonly string[] {
  const flags = [
    // -s drops the symbol table (a third of the size) and the debugger's tables; stack traces keep their lines
    ...(symbols ? [] : ['-s']),
    // a static program has C's libraries in it, and so runs on every base
    ...(cgo && !libraries ? ['-linkmode external -extldflags -static'] : []),
    ...(stamp?.variables ?? []).map((name) => `-X ${name}=\${VERSION}`),
  ];
  if (flags.length === 0) return [];
  return flags[0] === '-s' && flags.length === 1 ? ['-ldflags=-s'] : [`-ldflags="${flags.join(' ')}"`];
}

/** The build tags: those of the program, and time zones inside it where the base has none. */
function tagsOf({ tags }: GoBuild, family: RuntimeFamily): readonly string[] {
  return [...new Set([...tags, ...(lacksZones(family) ? ['timetzdata'] : [])])];
}

/** What `go build` is told for a family of images; `downloads` says whether modules are fetched. */
export function buildFlags(build: GoBuild, family: RuntimeFamily, downloads: boolean): readonly string[] {
  const tags = tagsOf(build, family);
  return [
    ...chdir(build), // has to come first
    '-trimpath',
    '-buildvcs=false',
    ...linkerFlags(build),
    ...(tags.length > 0 ? [`-tags=${tags.join(',')}`] : []),
    ...(build.sums || build.workspace || !downloads ? [] : ['-mod=mod']),
  ];
}
