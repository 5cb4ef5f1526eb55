import { type Note, type Place, type Project, placeText, product, unknownVersion } from '@msb/core';
// One file each: the whole of semver costs more time to load than a run takes.
import gtr from 'semver/ranges/gtr.js';
import intersects from 'semver/ranges/intersects.js';
import validRange from 'semver/ranges/valid.js';
import type { PackageJson } from '../package-json.ts';
import { declaredVersion } from './declared.ts';

/** The Node release line to build with and to ship, and what asked for it. */
export interface NodeVersion {
  /** A key of images.json, such as 24. */
  readonly major: string;
  /** As the project spells it. */
  readonly wanted: string;
  readonly place: Place | undefined;
  readonly notes: readonly Note[];
}

/** Release lines by the names that nvm knows them by (https://github.com/nodejs/Release). */
const codeNames: Readonly<Record<string, string>> = {
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};

const newestWords = new Set(['node', 'latest', 'current', 'stable']);

/** The range of versions that a word means: `lts/jod` → `22`, `v24.1.0` → `24.1.0`. */
function rangeOf(wanted: string): string {
  const word = wanted.trim().toLowerCase();
  const { default: lts, versions } = product('node');
  if (newestWords.has(word)) return Object.keys(versions).at(-1) ?? lts;
  if (/^lts(\/\*)?$/.test(word)) return lts;
  return codeNames[word.replace(/^lts\//, '')] ?? word;
}

/**
 * Images carry the newest release of a line, so any overlap will do. Of all that fit, the default line comes first,
 * then the newest supported one, then one whose support has ended: it is built as asked for, and named as such. A line
 * that no image is known for (16, 23 …) is built on the next supported one: Node keeps old programs running. Throws
 * `unknown-version`.
 */
export function chooseNode(project: Project, manifest: PackageJson, given: string | undefined): NodeVersion {
  const { default: lts, versions } = product('node');
  const known = Object.keys(versions);
  if (given !== undefined) {
    if (!known.includes(given)) throw unknownVersion('node', given, 'node-version');
    return { major: given, wanted: given, place: undefined, notes: ended(given, undefined) };
  }
  const declared = declaredVersion(project, manifest);
  if (declared === undefined) return { major: lts, wanted: lts, place: undefined, notes: [] };
  const { wanted, place } = declared;
  const range = validRange(rangeOf(wanted));
  if (range === null) throw unknownVersion('node', wanted, 'node-version', place);
  const supported = known.filter(isSupported);
  const best = [lts, ...supported.toReversed(), ...known.toReversed()];
  const major = best.find((candidate) => intersects(range, `^${candidate}.0.0`));
  if (major !== undefined) return { major, wanted, place, notes: ended(major, place) };
  const next = supported.find((candidate) => gtr(`${candidate}.0.0`, range));
  if (next === undefined) throw unknownVersion('node', wanted, 'node-version', place);
  return { major: next, wanted, place, notes: [replaced(wanted, next, place)] };
}

const isSupported = (major: string): boolean => product('node').versions[major]?.supported !== false;

/** What it means to ship a line that gets no security fixes any more. */
function ended(major: string, place: Place | undefined): readonly Note[] {
  if (isSupported(major)) return [];
  const since = product('node').versions[major]?.eol;
  const newer = product('node').default;
  return [
    {
      message: `Node ${major} has had no security fixes since ${since}; the image has it all the same, as it is asked for`,
      hint: `Try the program on Node ${newer}${place ? `, then say so in ${placeText({ file: place.file })}` : ''}.`,
      ...(place && { place }),
    },
  ];
}

const replaced = (wanted: string, major: string, place: Place): Note => ({
  message: `Node ${wanted} has no image that is known here, so Node ${major} is used`,
  hint: `Try the program on Node ${major}, then say so in ${placeText({ file: place.file })}.`,
  place,
});
