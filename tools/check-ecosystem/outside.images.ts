import { type ImageTraits, imageTests } from '@msb/core/testing';
import { brought } from './outside.ts';

/** Where a module does not say what its tools do, whatever it adds to the base counts as the program. */
const unknown: ImageTraits = { dependencyWork: /(?!)/, sources: /(?!)/, artifacts: [/./] };

for (const ecosystem of brought) await imageTests(ecosystem, { ...unknown, ...ecosystem.images });
