import { type Detection, families, type RuntimeFamily } from '@msb/core';
import type { Found } from './select.ts';

/** The families of `all` that fit: a program can't ship on those for sites, nor a site on those for programs. */
export function fittingFamilies(
  all: readonly RuntimeFamily[],
  found: Found | undefined,
): NonNullable<Detection['runtimes']> {
  const site = found?.made.kind === 'site';
  const fit = all.filter((family) => families[family].ships === (site ? 'site' : 'program'));
  if (found === undefined || !site) {
    const message = 'It is a program that has to be run, and nginx only sends files';
    return { families: fit, reason: { message, hint: `Ship it on ${fit.join(', ')}.` } };
  }
  const place = found.made.place ?? found.place;
  return {
    families: fit,
    reason: {
      message: `It is a site (${found.framework.title}), whose files ${fit.join(', ')} sends; Node does not ship`,
      hint: 'If a program of yours serves them, name it: --start "node server.js".',
      place,
    },
  };
}
