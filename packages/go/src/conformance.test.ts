import { conformance } from '@msb/core/testing';
import { go } from './index.ts';

conformance(go);
