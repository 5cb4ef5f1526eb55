import { conformance } from '@msb/core/testing';
import { rust } from './index.ts';

conformance(rust);
