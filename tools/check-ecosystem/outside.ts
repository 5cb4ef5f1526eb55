import * as msb from '@msb/core';
import { ecosystems as ours } from '../../packages/create-msb-docker/src/ecosystems.ts';

/** What `npm run check:ecosystem -- ./our-templates` looks at: ecosystems there, and those of ours that stages replace. */
const folder = process.env.MSB_CHECK ?? '';
const loaded = await Promise.all(ours.map(({ load }) => load()));
const folders = Object.fromEntries(loaded.map((ecosystem) => [ecosystem.manifest.id, ecosystem.folder]));
const { ecosystems, overridden } = await msb.readOutside(folder, folders, msb);

export const brought = ecosystems;
export const borrowing = loaded
  .map((ecosystem) => msb.borrowing(ecosystem, folder, { from: folder, replaced: overridden }, folder))
  .filter(({ borrowed }) => borrowed !== undefined);
