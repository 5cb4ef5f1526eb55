import type { ProposedFile } from '@msb/core';
import type { Paint } from './terminal.ts';

/** {@link import('./difference.ts')}, loaded when somebody wants to see one. */
export const difference = async (file: ProposedFile, paint: Paint): Promise<string> =>
  (await import('./difference.ts')).difference(file, paint);
