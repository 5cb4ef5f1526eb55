import { type Arrow, arrowsOf } from './arrows.ts';
import type { StageNote } from './explain.ts';
import { type Box, layout, letter, sizes } from './layout.ts';

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
  const placed = layout(notes);
  const { boxes, width, height } = placed;
  const arrows = arrowsOf(placed);
  const last = boxes.find(({ note }) => note === notes.at(-1));
  const title = `Stages of the build: ${notes.map(({ name }) => name).join(', ')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
  <title>${xml(title)}</title>
  <style>${style}</style>
  <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 8 4 0 8Z"/></marker></defs>
  <rect class="paper" width="${width}" height="${height}" rx="8"/>
${arrows.map((arrow) => `  ${line(arrow)}`).join('\n')}
${boxes.map((box) => `  ${rectangle(box, box === last)}`).join('\n')}
${arrows.map((arrow) => labelOf(arrow)).join('')}</svg>
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

const line = ({ link, path }: Arrow): string =>
  `<path class="line${link.label === undefined ? '' : ' take'}" marker-end="url(#head)" d="${path}"/>`;

/** The label of an arrow, on a piece of paper of its own so that the line does not cross it. */
function labelOf({ link: { label }, x, y }: Arrow): string {
  if (label === undefined) return '';
  const width = Math.ceil(label.length * sizes.label * letter) + 8;
  return `  <rect class="paper" x="${x - width / 2}" y="${y - 11}" width="${width}" height="15"/><text class="label" text-anchor="middle" x="${x}" y="${y}">${xml(label)}</text>\n`;
}
