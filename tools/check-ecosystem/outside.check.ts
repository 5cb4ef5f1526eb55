import * as msb from '@msb/core';
import { conformance, overridesConform } from '@msb/core/testing';
import { ecosystems as ours } from '../../packages/create-msb-docker/src/ecosystems.ts';

/** The kit for what is outside of the repository, ecosystems and stages: `npm run check:ecosystem -- ./our-templates`. */
const folder = process.env.MSB_CHECK ?? '';
const loaded = await Promise.all(ours.map(({ load }) => load()));
const folders = Object.fromEntries(loaded.map((ecosystem) => [ecosystem.manifest.id, ecosystem.folder]));
const { ecosystems, overridden } = await msb.readOutside(folder, folders, msb);
for (const ecosystem of ecosystems) conformance(ecosystem);
for (const ecosystem of loaded) {
  const borrowing = msb.borrowing(ecosystem, folder, { from: folder, replaced: overridden }, folder);
  if (borrowing.borrowed) overridesConform(borrowing);
}
