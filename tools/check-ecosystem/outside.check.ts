import * as msb from '@msb/core';
import { conformance } from '@msb/core/testing';

/** The kit for ecosystems outside of the repository: `npm run check:ecosystem -- ./our-templates`. */
const { ecosystems } = await msb.readOutside(process.env.MSB_CHECK ?? '', {}, msb);
for (const ecosystem of ecosystems) conformance(ecosystem);
