import { product } from '@msb/core';
import { endOfLifeOf, type Support } from './end-of-life.ts';

/** Products whose versions `templates/images.json` knows, where newer ones appear first. */
const ours = new Set(['alpine', 'debian', 'node']);

/** How long a release is supported; `undefined` when we do not know it. */
export function supportOf(name: string, version: string): Support | undefined {
  const known = endOfLifeOf(name, version);
  if (known !== undefined || !ours.has(name)) return known;
  const until = product(name).versions[version]?.eol;
  return until === undefined ? undefined : { until };
}
