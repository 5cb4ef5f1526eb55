import { imageTests } from '@msb/core/testing';
import { brought } from './outside.ts';

// Nothing is known of its tools: whatever it adds to the base counts as the program.
for (const ecosystem of brought) {
  await imageTests(ecosystem, { dependencyWork: /(?!)/, sources: /(?!)/, artifacts: [/./] });
}
