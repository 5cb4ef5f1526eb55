import type { Place } from '@msb/core';
import type { LockedPackage } from '../package-managers/manager.ts';

/** `pydantic_core-2.41.5-cp314-cp314-manylinux_2_17_x86_64.whl` → its three tags (https://peps.python.org/pep-0427/). */
function tagsOf(
  file: string,
): { readonly python: string; readonly abi: string; readonly platform: string } | undefined {
  const [platform, abi, python] = file
    .replace(/\.whl$/, '')
    .split('-')
    .reverse();
  return platform === undefined || abi === undefined || python === undefined ? undefined : { python, abi, platform };
}

/** Whether a wheel fits Debian on the usual servers, with this minor version (such as 14). */
function fits(file: string, minor: number): boolean {
  const tags = tagsOf(file);
  if (tags === undefined || !/any|manylinux.*x86_64|linux_x86_64/.test(tags.platform)) return false;
  if (/(^|\.)(py3|py2\.py3|py3\d+)/.test(tags.python) && tags.abi === 'none') return true;
  return tags.python.split('.').some((python) => {
    const [, own] = /^(?:cp|py)3(\d+)$/.exec(python) ?? [];
    if (own === undefined) return false;
    return tags.abi.includes('abi3') ? Number(own) <= minor : Number(own) === minor;
  });
}

/** Whether all its wheels are for other versions, so that it has to be compiled; a package without any may be plain Python. */
const isCompiled = ({ wheels }: LockedPackage, minor: number): boolean =>
  wheels?.some((file) => /manylinux/.test(file)) === true && !wheels.some((file) => fits(file, minor));

/** The packages of a lockfile that have wheels, and none for this version. */
export const withoutWheel = (packages: ReadonlyMap<string, LockedPackage>, version: string): readonly LockedPackage[] =>
  [...packages.values()].filter((item) => isCompiled(item, Number(version.split('.')[1])));

/** The version that most locked packages have a wheel for, and one that keeps it from being newer. */
export interface BestVersion {
  readonly version: string;
  /** How many have to be compiled for it. */
  readonly compiled: number;
  readonly package: string;
  readonly place: Place;
}

/**
 * The newest of some versions (oldest first) that all packages have wheels for; where there is none, the oldest that the
 * fewest have to be compiled for, as such releases know of no newer one. `undefined` where it is the newest of all.
 */
export function bestVersion(
  packages: ReadonlyMap<string, LockedPackage>,
  versions: readonly string[],
): BestVersion | undefined {
  const missing = versions.map((version) => ({ version, without: withoutWheel(packages, version) }));
  const fewest = Math.min(...missing.map(({ without }) => without.length));
  const isBest = ({ without }: { readonly without: readonly LockedPackage[] }): boolean => without.length === fewest;
  const best = fewest === 0 ? missing.findLast(isBest) : missing.find(isBest);
  const blocker = missing.at(-1)?.without[0];
  if (best === undefined || best === missing.at(-1) || blocker === undefined) return undefined;
  return { version: best.version, compiled: fewest, package: blocker.name, place: blocker.place };
}
