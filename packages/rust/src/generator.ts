import { nxGenerator } from '@msb/core/nx';
import { rust } from './index.ts';

/** `nx g @msb/rust:dockerfile [project]` */
export default nxGenerator(rust);
