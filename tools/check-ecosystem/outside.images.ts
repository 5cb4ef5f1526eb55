import * as msb from '@msb/core';
import { imageTests } from '@msb/core/testing';

const { ecosystems } = await msb.readOutside(process.env.MSB_CHECK ?? '', {}, msb);
// Nothing is known of its tools: whatever it adds to the base counts as the program.
for (const ecosystem of ecosystems) {
  await imageTests(ecosystem, { dependencyWork: /(?!)/, sources: /(?!)/, artifacts: [/./] });
}
