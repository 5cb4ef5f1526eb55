import { conformance, overridesConform } from '@msb/core/testing';
import { borrowing, brought } from './outside.ts';

/** The kit for what is outside of the repository, ecosystems and stages. */
for (const ecosystem of brought) conformance(ecosystem);
for (const ecosystem of borrowing) overridesConform(ecosystem);
