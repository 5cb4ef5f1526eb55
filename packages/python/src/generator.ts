import { nxGenerator } from '@msb/core/nx';
import { python } from './index.ts';

/** `nx g @msb/python:dockerfile [project]` */
export default nxGenerator(python);
