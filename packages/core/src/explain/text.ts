import { placeText } from '../errors.ts';
import { changesText, type StageNote } from './explain.ts';

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Where a stage hangs in the tree: below the stage that it goes on from, else below the last one that it takes from. */
function parentOf({ base, takes }: StageNote, notes: readonly StageNote[]): string | undefined {
  const from = takes.map((taken) => taken.from).filter((name) => notes.some((note) => note.name === name));
  return from.at(-1) ?? base;
}

/** The stages as a tree, each below the one whose result it takes. */
export function treeText(notes: readonly StageNote[]): string {
  const rows: [string, string][] = [];
  const draw = (note: StageNote, depth: number): void => {
    const indent = depth === 0 ? '' : `${'   '.repeat(depth - 1)} └─ `;
    rows.push([`${indent}${note.name}`, `${note.image ? `${note.image} · ` : ''}${changesText(note)}`]);
    for (const child of notes.filter((other) => parentOf(other, notes) === note.name)) draw(child, depth + 1);
  };
  for (const note of notes.filter((other) => parentOf(other, notes) === undefined)) draw(note, 0);
  const width = Math.max(...rows.map(([name]) => name.length)) + 3;
  return rows.map(([name, about]) => `  ${name.padEnd(width)}${about}\n`).join('');
}

/** Every instruction with its reason and the facts behind it; a heading for each stage. */
export function stepsText(notes: readonly StageNote[]): string {
  return notes
    .map(({ name, about, steps, ships }) => {
      const heading = `${name}${about ? ` ${about}` : ''}${ships ? '' : ' (not part of the image)'}`;
      const rows = steps.map(({ line, text, why, facts }) => {
        const found = facts.map(
          (fact) => `${fact.name} ${fact.value}${fact.place ? ` (${placeText(fact.place)})` : ''}`,
        );
        const because = found.length > 0 ? `\n          ← ${found.join(', ')}` : '';
        return `  ${String(line).padStart(4)}  ${cut(text, 100)}\n          ${why}${because}`;
      });
      return `${heading}\n${rows.join('\n')}\n`;
    })
    .join('\n');
}
