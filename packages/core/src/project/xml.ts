import { parseXml, type XmlDocument, XmlElement, XmlError } from '@rgrove/parse-xml';
import { MsbError } from '../errors.ts';
import type { Project } from './project.ts';

/** An element of an XML file that knows its line. Names keep their prefix; comments and attributes are left out. */
export interface Xml {
  readonly file: string;
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** The text of the element and of all in it, without blanks around it. */
  readonly text: string;
  /** The elements in it, all or those of one name. */
  children(name?: string): readonly Xml[];
}

/** The first element at a path of names; `undefined` when there is none. */
export function xmlAt(from: Xml | undefined, ...path: readonly string[]): Xml | undefined {
  let inner = from;
  for (const name of path) inner = inner?.children(name)[0];
  return inner;
}

/** Deeper than anybody nests by hand; the parser would run out of stack. */
const deepest = 200;

/**
 * Reads an XML file and returns its root element. Throws `broken-file`. Entities beyond XML's own five are left as they
 * are: none is ever expanded or fetched.
 */
export function readXml(project: Project, file: string): Xml {
  const text = project.mustText(file);
  const problem = (reason: string, line: number): MsbError =>
    new MsbError('broken-file', `${file} is not valid XML: ${reason}`, `Mend line ${line} of ${file}.`, { file, line });
  if (depthOf(text) > deepest) throw problem('it is nested too deeply', 1);
  try {
    const { root } = parsed(text);
    if (root === null) throw problem('it holds no element', 1);
    return element(root, file, lineStarts(text));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const reason = error.message.split('\n')[0]?.replace(/ \(line \d+.*$/, '') ?? '';
    throw problem(reason.charAt(0).toLowerCase() + reason.slice(1), error.line ?? 1);
  }
}

const parsed = (text: string): XmlDocument => parseXml(text, { includeOffsets: true, ignoreUndefinedEntities: true });

/** An upper bound: what looks like a tag counts, also in comments. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [, end, own] of text.matchAll(/<(\/)?[\w:.-]+(?:[^<>]*?(\/))?>/g)) {
    if (own === undefined) depth += end === undefined ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}

const lineStarts = (text: string): readonly number[] => [...text.matchAll(/^/gm)].map(({ index }) => index);

/** Of the offset of an element: the number of lines that have begun. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(low, 1);
}

function element(from: XmlElement, file: string, starts: readonly number[]): Xml {
  const inner = from.children
    .filter((child): child is XmlElement => child instanceof XmlElement)
    .map((child) => element(child, file, starts));
  return {
    file,
    name: from.name,
    line: lineAt(starts, from.start),
    text: from.text.trim(),
    children: (name) => (name === undefined ? inner : inner.filter((child) => child.name === name)),
  };
}
