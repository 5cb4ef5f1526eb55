import { conformance } from '@msb/core/testing';
import { java } from './index.ts';

conformance(java);
