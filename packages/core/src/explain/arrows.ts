import { type Box, type Layout, type Link, portWidth, sizes } from './layout.ts';

/** An arrow: its way, as a path of SVG, and where its label stands. */
export interface Arrow {
  readonly link: Link;
  readonly path: string;
  readonly x: number;
  /** The base line of the label. */
  readonly y: number;
}

/** How far above its box an arrow goes straight down: there its label stands, and crosses no other arrow. */
const straight = 36;

/** The arrows of a picture: those of one box leave and arrive side by side. */
export function arrowsOf({ boxes, links, lanes }: Layout): readonly Arrow[] {
  const box = (note: Link['from']): Box => {
    const found = boxes.find((one) => one.note === note);
    if (found === undefined) throw new Error('a link leads to no box');
    return found;
  };
  return links.map((link) => {
    const [from, to] = [box(link.from), box(link.to)];
    const own = lanes.filter((lane) => lane.link === link);
    const x1 = leaves(link, from, links, (one) => lanes.find((lane) => lane.link === one)?.x ?? box(one.to).x);
    const x2 = arrives(link, to, links, (one) => lanes.findLast((lane) => lane.link === one)?.x ?? box(one.from).x);
    let way = `M${round(x1)} ${from.y + from.height}`;
    let [x, y] = [x1, from.y + from.height];
    const curve = (toX: number, toY: number): void => {
      const bend = Math.min(40, (toY - y) / 2);
      way += `C${round(x)} ${round(y + bend)} ${round(toX)} ${round(toY - bend)} ${round(toX)} ${round(toY)}`;
      [x, y] = [toX, toY];
    };
    for (const lane of own) {
      curve(lane.x, lane.y);
      y = lane.y + lane.height;
      way += `V${y}`;
    }
    curve(x2, to.y - straight);
    return { link, path: `${way}V${to.y}`, x: round(x2), y: to.y - straight / 2 + sizes.label / 4 };
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Evenly along the lower edge of a box, in the order of where the arrows go. */
function leaves(link: Link, from: Box, links: readonly Link[], goal: (link: Link) => number): number {
  const all = links.filter((one) => one.from === link.from).sort((a, b) => goal(a) - goal(b));
  return from.x + (from.width * (all.indexOf(link) + 1)) / (all.length + 1);
}

/** Along the upper edge, each as far apart as its label is wide. */
function arrives(link: Link, to: Box, links: readonly Link[], origin: (link: Link) => number): number {
  const all = links.filter((one) => one.to === link.to).sort((a, b) => origin(a) - origin(b));
  const widths = all.map(portWidth);
  const spare = (to.width - widths.reduce((sum, width) => sum + width, 0)) / (all.length + 1);
  const index = all.indexOf(link);
  const before = widths.slice(0, index).reduce((sum, width) => sum + width + spare, spare);
  return to.x + before + (widths[index] ?? 0) / 2;
}
