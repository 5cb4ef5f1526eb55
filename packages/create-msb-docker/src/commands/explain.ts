import { MsbError, parseDockerfile } from '@msb/core';
import { explain as explainStages, mermaid, type StageNote, svg } from '@msb/core/explain';
import type { Host } from '../cli.ts';
import { explanationText } from '../explanation.ts';
import { type CommandFlag, commonFlags, helpOf, readWords } from './flags.ts';
import { inspectTarget } from './known.ts';
import { findTarget } from './target.ts';

const formats: Readonly<Record<string, (notes: readonly StageNote[]) => string>> = {
  text: explanationText,
  mermaid,
  svg,
};

export const explainFlags: readonly CommandFlag[] = [
  { name: 'format', value: Object.keys(formats).join('|'), about: 'text, or a picture of the stages for a README' },
  ...commonFlags,
];

const help = helpOf(
  'explain [folder or Dockerfile] [flags]',
  `Says of each stage and line of a Dockerfile why it is there, which fact of the project decided it, and which
changes make it build anew.`,
  explainFlags,
);

/** `create-msb-docker explain`: resolves to the exit code. Throws an `MsbError`. */
export async function explain(args: readonly string[], host: Host): Promise<number> {
  const words = readWords(args, explainFlags);
  if (words.has('help')) {
    host.stdout.write(help);
    return 0;
  }
  const format = formats[words.text('format') ?? 'text'];
  if (format === undefined) {
    throw new MsbError('bad-option', `--format must be ${Object.keys(formats).join(' or ')}`, 'See --help.');
  }
  const target = findTarget(words.paths[0] ?? '.', undefined);
  const inspection = await inspectTarget(target);
  const stages = explainStages(parseDockerfile(target.text), inspection?.detection.facts ?? []);
  if (words.has('json')) host.stdout.write(`${JSON.stringify({ file: target.shown, stages }, null, 2)}\n`);
  else host.stdout.write(format(stages));
  return 0;
}
