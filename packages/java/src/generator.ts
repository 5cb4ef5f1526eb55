import { nxGenerator } from '@msb/core/nx';
import { java } from './index.ts';

/** `nx g @msb/java:dockerfile [project]` */
export default nxGenerator(java);
