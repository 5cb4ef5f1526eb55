import { changesText, type StageNote } from './explain.ts';
import { merged } from './mermaid.ts';

/** A box of the picture; all numbers in pixels. */
export interface Box {
  readonly note: StageNote;
  /** Smaller text below the name. */
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An arrow from one box to another. */
export interface Arrow {
  readonly from: Box;
  readonly to: Box;
  /** What is copied; absent where a stage goes on from another. */
  readonly label: string | undefined;
}

/** Boxes in rows: each below everything that it is made of. */
export interface Layout {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly width: number;
  readonly height: number;
}

/** The width of a character of the monospaced fonts in use is 0.6 of their size. */
export const letter = 0.6;
export const sizes = { name: 14, small: 12, label: 11 } as const;
const gap = { x: 36, y: 66, edge: 20 } as const;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Places the stages. The order within a row follows the middle of what each box is made of, so that arrows rarely cross. */
export function layout(notes: readonly StageNote[]): Layout {
  const sources = (note: StageNote): readonly StageNote[] => {
    const names = [note.base, ...note.takes.map(({ from }) => from)];
    return notes.filter((other) => other !== note && names.includes(other.name));
  };
  // As far down as it may be: arrows are short then, and pass behind no other box.
  const heights = new Map<StageNote, number>();
  for (const note of [...notes].reverse()) {
    const users = notes.filter((other) => sources(other).includes(note));
    heights.set(note, 1 + Math.max(-1, ...users.map((user) => heights.get(user) ?? 0)));
  }
  const top = Math.max(0, ...heights.values());
  const rows = Array.from({ length: top + 1 }, (_, row) => notes.filter((note) => heights.get(note) === top - row));
  const placed = new Map<StageNote, Box>();
  const widest = Math.max(...rows.map((row) => rowWidth(row)));
  let y: number = gap.edge;
  for (const row of rows) {
    const middle = (note: StageNote): number => {
      const above = sources(note)
        .map((other) => placed.get(other))
        .filter((box) => box !== undefined);
      return above.length === 0 ? Infinity : above.reduce((sum, box) => sum + box.x + box.width / 2, 0) / above.length;
    };
    const ordered = [...row].sort((a, b) => Math.sign(middle(a) - middle(b)) || 0);
    let x = gap.edge + (widest - rowWidth(ordered)) / 2;
    for (const note of ordered) {
      const box = { note, lines: linesOf(note), x, y, width: boxWidth(note), height: boxHeight(note) };
      placed.set(note, box);
      x += box.width + gap.x;
    }
    y += Math.max(...row.map(boxHeight)) + gap.y;
  }
  const boxes = [...placed.values()];
  return { boxes, arrows: arrowsOf(boxes), width: widest + 2 * gap.edge, height: y - gap.y + gap.edge };
}

const linesOf = ({ image, changes }: StageNote): readonly string[] => [
  ...(image ? [cut(image, 48)] : []),
  cut(changesText(changes), 56),
];

const boxWidth = (note: StageNote): number =>
  Math.ceil(
    Math.max(note.name.length * sizes.name, ...linesOf(note).map((line) => line.length * sizes.small)) * letter + 28,
  );
const boxHeight = (note: StageNote): number => 34 + linesOf(note).length * 17;
const rowWidth = (row: readonly StageNote[]): number =>
  row.reduce((sum, note) => sum + boxWidth(note), 0) + gap.x * (row.length - 1);

function arrowsOf(boxes: readonly Box[]): readonly Arrow[] {
  const named = (name: string | undefined): Box | undefined => boxes.find(({ note }) => note.name === name);
  return boxes.flatMap((to) => {
    const base = named(to.note.base);
    const taken = merged(to.note.takes).flatMap(([name, label]) => {
      const from = named(name);
      return from ? [{ from, to, label: cut(label, 34) }] : [];
    });
    return [...(base ? [{ from: base, to, label: undefined }] : []), ...taken];
  });
}
