import type { Proposal } from '@msb/core';

/** {@link import('./explanation.ts')}, loaded when somebody wants to read one. */
export const explanation = async (proposal: Proposal): Promise<string> =>
  (await import('./explanation.ts')).explanation(proposal);
