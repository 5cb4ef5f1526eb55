import { conformance } from '@msb/core/testing';
import { node } from './index.ts';

conformance(node);
