import { conformance } from '@msb/core/testing';
import { python } from './index.ts';

conformance(python);
