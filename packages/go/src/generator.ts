import { nxGenerator } from '@msb/core/nx';
import { go } from './index.ts';

/** `nx g @msb/go:dockerfile [project]` */
export default nxGenerator(go);
