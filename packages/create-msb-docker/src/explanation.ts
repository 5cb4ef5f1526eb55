import { type Account, accountText, type Proposal, parseDockerfile } from '@msb/core';
import { explain, type StageNote, stepsText, treeText } from '@msb/core/explain';
import { visible } from './terminal.ts';

/** The stages as a tree, every line with its reason, and the account of files; made harmless for a terminal. */
export function explanationText(notes: readonly StageNote[], account?: Account): string {
  const files = account === undefined ? '' : `\nreads and writes\n${accountText(account)}`;
  const text = `${treeText(notes)}\n${stepsText(notes)}${files}`;
  return text.split('\n').map(visible).join('\n');
}

/** Why each line of a Dockerfile that is about to be written is there. */
export function explanation({ files, inspection, account }: Proposal): string {
  const text = files.find(({ path }) => path === 'Dockerfile')?.text ?? '';
  return explanationText(explain(parseDockerfile(text), inspection.detection.facts), account);
}
