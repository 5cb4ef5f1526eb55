import type { StageNote } from './explain.ts';
import { type Arrow, type Box, layout, letter, sizes } from './layout.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

const style = `
    text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328 }
    .name { font-size: ${sizes.name}px; font-weight: 600 } .small { font-size: ${sizes.small}px; fill: #59636e }
    .label { font-size: ${sizes.label}px; fill: #59636e } .paper { fill: #ffffff }
    .box { fill: #f6f8fa; stroke: #8c959f } .ship { fill: #ddf4ff; stroke: #0969da; stroke-width: 2 }
    .aside { stroke-dasharray: 4 4 } .line { fill: none; stroke: #59636e; stroke-width: 1.5 }
    .take { stroke-dasharray: 5 4 } .head { fill: #59636e }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc } .small, .label { fill: #b1bac4 } .paper { fill: #0d1117 }
      .box { fill: #161b22; stroke: #6e7681 } .ship { fill: #0c2d6b; stroke: #58a6ff }
      .line { stroke: #9198a1 } .head { fill: #9198a1 }
    }
  `;

/** The stages as a picture that stands by itself, legible on light and dark pages; text in it is text. */
export function svg(notes: readonly StageNote[]): string {
  const { boxes, arrows, width, height } = layout(notes);
  const last = boxes.find(({ note }) => note === notes.at(-1));
  const title = `Stages of the build: ${notes.map(({ name }) => name).join(', ')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
  <title>${xml(title)}</title>
  <style>${style}</style>
  <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 8 4 0 8Z"/></marker></defs>
  <rect class="paper" width="${width}" height="${height}" rx="8"/>
${arrows.map((arrow) => `  ${line(arrow, arrows)}`).join('\n')}
${boxes.map((box) => `  ${rectangle(box, box === last)}`).join('\n')}
${arrows.map((arrow) => labelOf(arrow, arrows)).join('')}</svg>
`;
}

function rectangle({ note, lines, x, y, width, height }: Box, ships: boolean): string {
  const kind = ships ? 'ship' : note.ships ? 'box' : 'box aside';
  const small = lines.map(
    (text, index) => `<text class="small" x="${x + 14}" y="${y + 43 + index * 17}">${xml(text)}</text>`,
  );
  return [
    `<g><rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    `<text class="name" x="${x + 14}" y="${y + 24}">${xml(note.name)}</text>${small.join('')}</g>`,
  ].join('');
}

/** Where an arrow leaves and arrives: those of one box lie side by side. */
function ends(arrow: Arrow, arrows: readonly Arrow[]): { x1: number; y1: number; x2: number; y2: number } {
  const share = (box: Box, all: readonly Arrow[], other: (arrow: Arrow) => Box): number => {
    const ordered = [...all].sort((a, b) => other(a).x - other(b).x);
    return box.x + (box.width * (ordered.indexOf(arrow) + 1)) / (ordered.length + 1);
  };
  const { from, to } = arrow;
  return {
    x1: share(
      from,
      arrows.filter((one) => one.from === from),
      (one) => one.to,
    ),
    y1: from.y + from.height,
    x2: share(
      to,
      arrows.filter((one) => one.to === to),
      (one) => one.from,
    ),
    y2: to.y,
  };
}

function line(arrow: Arrow, arrows: readonly Arrow[]): string {
  const { x1, y1, x2, y2 } = ends(arrow, arrows);
  const bend = Math.min(40, (y2 - y1) / 2);
  const kind = arrow.label === undefined ? 'line' : 'line take';
  const path = `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  return `<path class="${kind}" marker-end="url(#head)" d="${path}"/>`;
}

/** The label of an arrow, on a piece of paper of its own so that the line does not cross it. */
function labelOf(arrow: Arrow, arrows: readonly Arrow[]): string {
  if (arrow.label === undefined) return '';
  const { x2, y2 } = ends(arrow, arrows);
  const width = arrow.label.length * sizes.label * letter + 8;
  const labelled = arrows.filter((one) => one.to === arrow.to && one.label !== undefined);
  const y = y2 - 18 - (labelled.indexOf(arrow) % 2) * 16; // neighbours at two heights, so that they do not overlap
  return `  <rect class="paper" x="${x2 - width / 2}" y="${y - 11}" width="${width}" height="15"/><text class="label" text-anchor="middle" x="${x2}" y="${y}">${xml(arrow.label)}</text>\n`;
}
