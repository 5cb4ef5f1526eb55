import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ecosystem } from '../ecosystem.ts';
import { placeText } from '../errors.ts';
import { inspect } from '../inspect.ts';
import { type Attempt, dockerfileOf, ignoreOf, requestOf } from './attempt.ts';
import type { Case } from './cases.ts';
import { isOfRepository, type Problem, shown } from './problem.ts';

/** `MSB_UPDATE_GOLDEN=1` writes the golden files instead of comparing them. */
const updating = (): boolean => process.env.MSB_UPDATE_GOLDEN === '1';

/** What writes the golden files of an ecosystem. */
const writing = ({ folder, manifest: { id } }: Ecosystem): string =>
  isOfRepository(folder) ? `npm run check:ecosystem -- ${id} --golden` : '--golden, or MSB_UPDATE_GOLDEN=1';

function golden(ecosystem: Ecosystem, path: string, text: string): readonly Problem[] {
  if (updating() && !(existsSync(path) && readFileSync(path, 'utf8') === text)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const file = shown(path);
  if (!existsSync(path)) return [{ file, message: 'It is missing', mend: `Write it: ${writing(ecosystem)}.` }];
  const before = readFileSync(path, 'utf8').split('\n');
  const after = text.split('\n');
  const index = after.findIndex((line, at) => line !== before[at]);
  const differs = index >= 0 ? index : after.length < before.length ? after.length : -1;
  if (differs < 0) return [];
  const message = `It has ${JSON.stringify(before[differs] ?? '')}, and now comes ${JSON.stringify(after[differs] ?? '')}`;
  const mend = `If the new text is right, write it (${writing(ecosystem)}) and read the difference; else mend what made it.`;
  return [{ file, line: differs + 1, message, mend }];
}

/** What is found in the project, and which options follow, equals the case's `expected/detection.json`. */
export function detectionProblems(ecosystem: Ecosystem, item: Case): readonly Problem[] {
  const { detection, options, open } = inspect(requestOf(ecosystem, item));
  const facts = detection.facts.map(({ name, value, place }) =>
    [name, value, place ? placeText(place) : ''].join(' | '),
  );
  const asked = open.map(({ name, suggested }) => [name, suggested ?? null] as const);
  const text = JSON.stringify({ facts, options, asked: Object.fromEntries(asked) }, null, 2);
  const path = join(item.expected, 'detection.json');
  return golden(ecosystem, path, `${text}\n`);
}

/** The Dockerfile and the .dockerignore equal those of the case. */
export const goldenProblems = ({ ecosystem, proposal, item, runtime }: Attempt): readonly Problem[] => [
  ...golden(ecosystem, join(item.expected, `${runtime}.Dockerfile`), dockerfileOf(proposal)),
  ...golden(ecosystem, join(item.expected, `${runtime}.dockerignore`), ignoreOf(proposal)),
];

/** Golden files that no run makes any more. */
export function leftoverProblems(item: Case): readonly Problem[] {
  const made = [
    'detection.json',
    ...item.runtimes.flatMap((family) => [`${family}.Dockerfile`, `${family}.dockerignore`]),
  ];
  const there = existsSync(item.expected) ? readdirSync(item.expected) : [];
  return there
    .filter((name) => !made.includes(name))
    .map((name) => ({
      file: shown(join(item.expected, name)),
      message: 'Nothing makes this file',
      mend: `Remove it; the case runs on ${item.runtimes.join(', ')}.`,
    }));
}
