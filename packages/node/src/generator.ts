import { nxGenerator } from '@msb/core/nx';
import { node } from './index.ts';

/** `nx g @msb/node:dockerfile [project]` */
export default nxGenerator(node);
