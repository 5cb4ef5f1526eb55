import { type Check, fail, pass, warn } from '../check.ts';
import { ancestors, overlay } from '../image/assemble.ts';
import type { Image, LayerFile } from '../image/image.ts';
import { shortStep } from './tools.ts';

/** `9.4 MB`, in decimal units as Docker prints them. */
export const megabytes = (bytes: number): string =>
  bytes < 100_000 ? `${(bytes / 1000).toFixed(bytes < 1000 ? 2 : 1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

const sum = (files: readonly LayerFile[]): number => files.reduce((total, { size }) => total + size, 0);

/**
 * The paths that weigh most: folders, as long as no single child is nearly all of them. `/app/node_modules 80 MB` tells
 * more than the largest of its 4000 files.
 */
export function heaviest(
  files: readonly LayerFile[],
  most: number,
): readonly (readonly [path: string, bytes: number])[] {
  const totals = new Map<string, number>();
  for (const { path, size } of files) {
    for (const place of [...ancestors(path), path]) totals.set(place, (totals.get(place) ?? 0) + size);
  }
  const children = new Map<string, string[]>();
  for (const path of totals.keys()) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    children.set(folder, [...(children.get(folder) ?? []), path]);
  }
  const total = (path: string): number => totals.get(path) ?? 0;
  const descend = (path: string): string => {
    const heir = (children.get(path) ?? []).find((child) => total(child) >= 0.8 * total(path));
    return heir === undefined ? path : descend(heir);
  };
  return (children.get('') ?? [])
    .map(descend)
    .filter((path) => total(path) > 0)
    .sort((a, b) => total(b) - total(a))
    .slice(0, most)
    .map((path) => [path, total(path)]);
}

/** What all layers take together, hidden files included. */
export const imageSize = ({ layers }: Image): number => layers.reduce((total, { files }) => total + sum(files), 0);

export const size: Check = {
  id: 'size',
  title: 'size',
  run({ image, request: { maxSize } }) {
    const total = imageSize(image);
    const base = sum(image.layers.filter(({ inBase }) => inBase).flatMap(({ files }) => files));
    const own = image.layers.filter(({ inBase }) => !inBase);
    const parts = [
      ...(base > 0 ? [`base ${megabytes(base)}`] : []),
      ...heaviest(
        own.flatMap(({ files }) => files),
        2,
      ).map(([path, bytes]) => `/${path} ${megabytes(bytes)}`),
    ];
    const all = `${megabytes(total)}${maxSize === undefined ? '' : ` of ${megabytes(maxSize)}`}`;
    const reason = [all, ...parts].join(' · ');
    if (maxSize === undefined || total <= maxSize) return pass(reason);
    const [largest] = [...own].sort((a, b) => sum(b.files) - sum(a.files));
    const layer =
      largest === undefined ? 'the base' : `${shortStep(largest.madeBy)} (${megabytes(sum(largest.files))})`;
    return fail(reason, `Over its budget by ${megabytes(total - maxSize)}; the largest layer is ${layer}.`);
  },
};

/** Bytes that nobody minds, and those that are too many once they are a tenth of what the Dockerfile adds. */
const trifle = 1_000_000;
const tooMuch = 10_000_000;
/** The share of dive's own rule (https://github.com/wagoodman/dive#ci-integration: highestUserWastedPercent). */
const tooLarge = 0.1;

export const waste: Check = {
  id: 'waste',
  title: 'waste',
  run({ image }) {
    // What the base wastes by itself, nobody who builds on it can change.
    const base = overlay(image.layers.filter(({ inBase }) => inBase));
    const hidden = image.layers.flatMap((layer) =>
      layer.files.filter(
        ({ path, size: bytes }) =>
          bytes > 0 && image.files.get(path)?.layer !== layer && (!layer.inBase || base.get(path)?.layer === layer),
      ),
    );
    const bytes = sum(hidden);
    if (bytes < trifle || bytes < 0.01 * imageSize(image)) return pass(bytes === 0 ? 'none' : megabytes(bytes));
    const parts = heaviest(hidden, 2).map(([path, each]) => `/${path} ${megabytes(each)}`);
    const added = sum(image.layers.filter(({ inBase }) => !inBase).flatMap(({ files }) => files));
    return (bytes >= tooMuch && bytes >= tooLarge * added ? fail : warn)(
      `${megabytes(bytes)} that a later layer replaces or deletes: ${parts.join(', ')}`,
      'Delete it in the same RUN, set owner and mode with COPY --chown and --chmod, or copy the result into a new stage.',
    );
  },
};
