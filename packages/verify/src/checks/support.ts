import { product } from '@msb/core';

/** Until when a version is supported: by its makers, and by volunteers after that. YYYY-MM-DD. */
export interface Support {
  readonly until: string;
  readonly longTerm?: string;
}

/**
 * Releases that we make no images for, or no longer. Written down by hand: https://endoflife.date has what changed since.
 */
const others: Readonly<Record<string, Readonly<Record<string, Support>>>> = {
  alpine: {
    '3.14': { until: '2023-05-01' },
    '3.15': { until: '2023-11-01' },
    '3.16': { until: '2024-05-23' },
    '3.17': { until: '2024-11-22' },
    '3.18': { until: '2025-05-09' },
    '3.19': { until: '2025-11-01' },
    '3.20': { until: '2026-04-01' },
    '3.21': { until: '2026-11-01' },
    '3.22': { until: '2027-05-01' },
  },
  debian: {
    '9': { until: '2020-07-18', longTerm: '2022-06-30' },
    '10': { until: '2022-09-10', longTerm: '2024-06-30' },
    '11': { until: '2024-08-14', longTerm: '2026-08-31' },
    '12': { until: '2026-06-10', longTerm: '2028-06-30' },
    '13': { until: '2028-08-09', longTerm: '2030-06-30' },
  },
  ubuntu: {
    '18.04': { until: '2023-05-31' },
    '20.04': { until: '2025-05-31' },
    '22.04': { until: '2027-04-01' },
    '24.04': { until: '2029-05-31' },
    '26.04': { until: '2031-05-31' },
  },
  rhel: {
    '7': { until: '2024-06-30' },
    '8': { until: '2029-05-31' },
    '9': { until: '2032-05-31' },
    '10': { until: '2035-05-31' },
  },
  amzn: { '2': { until: '2026-06-30' }, '2023': { until: '2029-06-30' } },
  node: {
    '14': { until: '2023-04-30' },
    '16': { until: '2023-09-11' },
    '18': { until: '2025-04-30' },
    '20': { until: '2026-04-30' },
    '21': { until: '2024-06-01' },
    '23': { until: '2025-06-01' },
    '25': { until: '2026-06-01' },
  },
  python: {
    '3.8': { until: '2024-10-07' },
    '3.9': { until: '2025-10-31' },
    '3.10': { until: '2026-10-31' },
    '3.11': { until: '2027-10-31' },
    '3.12': { until: '2028-10-31' },
    '3.13': { until: '2029-10-31' },
    '3.14': { until: '2030-10-31' },
  },
};

/** Products whose versions `templates/images.json` knows. */
const ours = new Set(['alpine', 'debian', 'node']);

/** How long a release is supported; `undefined` when we do not know it. */
export function supportOf(name: string, version: string): Support | undefined {
  const known = others[name]?.[version];
  if (known !== undefined || !ours.has(name)) return known;
  const until = product(name).versions[version]?.eol;
  return until === undefined ? undefined : { until };
}
