import type { ProposedFile } from '@msb/core';
import { createTwoFilesPatch } from 'diff';
import type { Paint } from './terminal.ts';

/** A unified diff between what is there and what is proposed; a new file is all additions. */
export function difference({ path, current, text }: ProposedFile, paint: Paint): string {
  const patch = createTwoFilesPatch(current === undefined ? '/dev/null' : path, path, current ?? '', text);
  return patch
    .split('\n')
    .slice(1)
    .map((line) => (line.startsWith('+') ? paint.green(line) : line.startsWith('-') ? paint.red(line) : line))
    .join('\n');
}
