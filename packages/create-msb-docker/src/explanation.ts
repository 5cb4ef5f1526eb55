import { type Proposal, parseDockerfile } from '@msb/core';
import { explain, type StageNote, stepsText, treeText } from '@msb/core/explain';
import { visible } from './terminal.ts';

/** The stages as a tree, and every line with its reason, made harmless for a terminal. */
export const explanationText = (notes: readonly StageNote[]): string =>
  `${treeText(notes)}\n${stepsText(notes)}`.split('\n').map(visible).join('\n');

/** Why each line of a Dockerfile that is about to be written is there. */
export function explanation({ files, inspection }: Proposal): string {
  const text = files.find(({ path }) => path === 'Dockerfile')?.text ?? '';
  return explanationText(explain(parseDockerfile(text), inspection.detection.facts));
}
