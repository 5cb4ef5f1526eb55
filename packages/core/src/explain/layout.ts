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

/** Something that an arrow has to come from or go to. */
export interface Link {
  readonly from: StageNote;
  readonly to: StageNote;
  /** What is copied; absent where a stage goes on from another. */
  readonly label: string | undefined;
}

/** A gap between the boxes of a row that an arrow passes on its way to a row further down. */
export interface Lane {
  readonly link: Link;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Boxes in rows, each below everything that it is made of, and the ways between them. */
export interface Layout {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly height: number;
}

/** The width of a character of the monospaced fonts in use is 0.6 of their size. */
export const letter = 0.6;
export const sizes = { name: 14, small: 12, label: 11 } as const;
/** How wide the end of an arrow is with its label, and without. */
export const portWidth = ({ label }: Link): number => (label ? label.length * sizes.label * letter + 16 : 28);
const gap = { x: 36, y: 78, edge: 20 } as const;
const laneWidth = 24;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

type Item = { readonly note: StageNote } | { readonly link: Link };

/** Places the stages. The order within a row follows the middle of what each box is made of, so that arrows rarely cross. */
export function layout(notes: readonly StageNote[]): Layout {
  const links = linksOf(notes);
  const depth = depths(notes, links);
  const rowOf = (note: StageNote): number => depth.get(note) ?? 0;
  const rows = Array.from({ length: Math.max(0, ...depth.values()) + 1 }, (_, row): readonly Item[] => [
    ...notes.filter((note) => rowOf(note) === row).map((note) => ({ note })),
    ...links.filter(({ from, to }) => rowOf(from) < row && row < rowOf(to)).map((link) => ({ link })),
  ]);
  const widthOf = (item: Item): number => ('link' in item ? laneWidth : boxWidth(item.note, links));
  const rowWidth = (row: readonly Item[]): number =>
    row.reduce((sum, item) => sum + widthOf(item), 0) + gap.x * (row.length - 1);
  const widest = Math.max(...rows.map(rowWidth));
  const boxes: Box[] = [];
  const lanes: Lane[] = [];
  /** Where a link is, seen from the next row: in its lane, else below its box. */
  const above = (link: Link): number => {
    const box = boxes.find(({ note }) => note === link.from);
    return lanes.findLast((lane) => lane.link === link)?.x ?? (box ? box.x + box.width / 2 : 0);
  };
  const middle = (item: Item): number => {
    const coming = 'link' in item ? [item.link] : links.filter(({ to }) => to === item.note);
    return coming.length === 0 ? Infinity : coming.reduce((sum, link) => sum + above(link), 0) / coming.length;
  };
  let y: number = gap.edge;
  for (const row of rows) {
    const height = Math.max(...row.map((item) => ('note' in item ? boxHeight(item.note) : 0)));
    const ordered = [...row].sort((a, b) => Math.sign(middle(a) - middle(b)) || 0);
    let x = gap.edge + (widest - rowWidth(row)) / 2;
    const placed = { boxes: [] as Box[], lanes: [] as Lane[] };
    for (const item of ordered) {
      const width = widthOf(item);
      if ('link' in item) placed.lanes.push({ link: item.link, x: x + width / 2, y, height });
      else placed.boxes.push({ note: item.note, lines: linesOf(item.note), x, y, width, height: boxHeight(item.note) });
      x += width + gap.x;
    }
    boxes.push(...placed.boxes);
    lanes.push(...placed.lanes);
    y += height + gap.y;
  }
  return { boxes, links, lanes, width: widest + 2 * gap.edge, height: y - gap.y + gap.edge };
}

/** The row of each stage: as far down as it may be, so that arrows are short. */
function depths(notes: readonly StageNote[], links: readonly Link[]): ReadonlyMap<StageNote, number> {
  const heights = new Map<StageNote, number>();
  for (const note of [...notes].reverse()) {
    const users = links.filter(({ from }) => from === note).map(({ to }) => heights.get(to) ?? 0);
    heights.set(note, 1 + Math.max(-1, ...users));
  }
  const top = Math.max(0, ...heights.values());
  return new Map([...heights].map(([note, height]) => [note, top - height]));
}

function linksOf(notes: readonly StageNote[]): readonly Link[] {
  const named = (name: string | undefined): StageNote | undefined => notes.find((note) => note.name === name);
  return notes.flatMap((to) => {
    const base = named(to.base);
    const taken = merged(to.takes).flatMap(([name, label]) => {
      const from = named(name);
      return from && from !== to ? [{ from, to, label: cut(label, 34) }] : [];
    });
    return [...(base && base !== to ? [{ from: base, to, label: undefined }] : []), ...taken];
  });
}

const linesOf = (note: StageNote): readonly string[] => [
  ...(note.image ? [cut(note.image, 48)] : []),
  ...wrapped(changesText(note), 44),
];

/** Text in lines of at most so many characters, as far as its words allow. */
function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= most) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(cut(word, most));
  }
  return lines;
}

/** As wide as its text, and as the ends of its arrows. */
function boxWidth(note: StageNote, links: readonly Link[]): number {
  const text = Math.max(note.name.length * sizes.name, ...linesOf(note).map((line) => line.length * sizes.small));
  const ports = links.filter(({ to }) => to === note).reduce((sum, link) => sum + portWidth(link), 0);
  return Math.ceil(Math.max(text * letter + 28, ports + 16));
}

const boxHeight = (note: StageNote): number => 34 + linesOf(note).length * 17;
