import { type Account, MsbError, parseDockerfile, propose } from '@msb/core';
import { explain as explainStages, mermaid, type StageNote, svg } from '@msb/core/explain';
import type { Host } from '../cli.ts';
import { explanationText } from '../explanation.ts';
import { type CommandFlag, commonFlags, helpOf, readWords } from './flags.ts';
import { inspectTarget } from './known.ts';
import { findTarget } from './target.ts';

const formats: Readonly<Record<string, (notes: readonly StageNote[], account?: Account) => string>> = {
  text: explanationText,
  mermaid: (notes) => mermaid(notes),
  svg: (notes) => svg(notes),
};

export const explainFlags: readonly CommandFlag[] = [
  { name: 'format', value: Object.keys(formats).join('|'), about: 'text, or a picture of the stages for a README' },
  ...commonFlags,
];

const help = helpOf(
  'explain [folder or Dockerfile] [flags]',
  `Says of each stage and line of a Dockerfile why it is there, which fact of the project decided it, which changes
make it build anew, and what became of every file that the build and the program read or write.`,
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
  const account = inspection && propose(inspection).account;
  if (words.has('json')) host.stdout.write(`${JSON.stringify({ file: target.shown, stages, account }, null, 2)}\n`);
  else host.stdout.write(format(stages, account));
  return 0;
}
