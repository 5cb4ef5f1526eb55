import { type Note, type Place, type Project, placeText, product, unknownVersion } from '@msb/core';
import type { BestVersion } from '../native/wheels.ts';
import type { Pyproject } from '../pyproject.ts';
import { declaredVersion } from './declared.ts';
import { rangeTest } from './specifier.ts';

/** The Python to build with and to ship, and what asked for it. */
export interface PythonVersion {
  /** A key of the images, such as 3.14. */
  readonly minor: string;
  /** What asked for it, in words. */
  readonly reason: string;
  readonly place: Place | undefined;
  readonly notes: readonly Note[];
  /** Whether the project allows the version that distroless has. */
  readonly distroless: boolean;
}

/** The only version that distroless ships (https://github.com/GoogleContainerTools/distroless/tree/main/python3). */
export function distrolessMinor(): string | undefined {
  const { versions } = product('python');
  return Object.keys(versions).findLast((version) => versions[version]?.images.distroless !== undefined);
}

/** What limits the choice besides: the option, the runtime, and the wheels that the lockfile has. */
export interface Wishes {
  readonly version: string | undefined;
  readonly runtime: string | undefined;
  /** Of some versions the one that most locked packages have wheels for; `undefined` where that is the newest. */
  wheels(versions: readonly string[]): BestVersion | undefined;
}

/**
 * Decides the version: the option, else the pin, else the default one where the range allows it, else the newest in the
 * range. A version that has no image any more is built on the next one: Python keeps most old programs running, and an
 * image without security fixes helps nobody. Throws `unknown-version`.
 */
export function choosePython(project: Project, pyproject: Pyproject, wishes: Wishes): PythonVersion {
  const { versions, default: usual } = product('python');
  const known = Object.keys(versions);
  const only = distrolessMinor();
  if (wishes.version !== undefined) {
    if (!known.includes(wishes.version)) throw unknownVersion('python', wishes.version, 'python-version');
    return { ...nothing, minor: wishes.version, reason: 'chosen', distroless: wishes.version === only };
  }
  const { pin, range } = declaredVersion(project, pyproject);
  const declared = pin ?? range;
  if (declared === undefined) return fromRange({ known, usual, only, wishes, fits: () => true, declared });
  const fits = rangeTest(declared.wanted);
  if (fits === undefined) throw unknownVersion('python', declared.wanted, 'python-version', declared.place);
  if (known.some(fits)) return fromRange({ known, usual, only, wishes, fits, declared });
  const next = known[0];
  const older = rangeTest(`<${next}`);
  const asked = /3\.\d+/.exec(declared.wanted)?.[0];
  if (next === undefined || asked === undefined || !older?.(asked)) {
    throw unknownVersion('python', declared.wanted, 'python-version', declared.place);
  }
  return {
    minor: next,
    reason: `the oldest that is supported; ${declared.wanted} is not any more`,
    place: declared.place,
    distroless: false,
    notes: [replaced(declared.wanted, next, declared.place)],
  };
}

const nothing = { place: undefined, notes: [] } as const;

interface Range {
  readonly known: readonly string[];
  readonly usual: string;
  readonly only: string | undefined;
  readonly wishes: Wishes;
  readonly fits: (version: string) => boolean;
  readonly declared: { readonly wanted: string; readonly place: Place } | undefined;
}

function fromRange({ known, usual, only, wishes, fits, declared }: Range): PythonVersion {
  const wanted = declared?.wanted;
  const distroless = only !== undefined && fits(only);
  const place = declared?.place;
  if (wishes.runtime === 'distroless' && distroless) {
    const more = wanted === undefined ? '' : ` and ${wanted} allows`;
    return { minor: only, reason: `the one that distroless has${more}`, place, notes: [], distroless };
  }
  const newest = fits(usual) ? usual : (known.findLast(fits) ?? usual);
  const best = wishes.wheels(known.filter(fits).filter((version) => rangeTest(`<=${newest}`)?.(version)));
  if (best !== undefined) {
    const reason =
      best.compiled === 0
        ? `the newest that ${best.package} has a wheel for in ${placeText({ file: best.place.file })}`
        : `${best.package} and others are too old for wheels of a newer one`;
    return { minor: best.version, reason, place: best.place, notes: [], distroless };
  }
  return {
    minor: newest,
    reason: wanted === undefined ? 'the default' : wanted,
    place,
    notes: wanted === undefined ? [assumed(newest)] : [],
    distroless,
  };
}

const assumed = (minor: string): Note => ({
  message: `Nothing names the Python version, so ${minor} is used`,
  hint: `Name yours in .python-version: an old release of a dependency may have no wheel for ${minor}.`,
});

const replaced = (wanted: string, minor: string, place: Place): Note => ({
  message: `Python ${wanted} has no supported image any more, so Python ${minor} is used`,
  hint: `Try the program on Python ${minor}, then say so in ${placeText({ file: place.file })}.`,
  place,
});
