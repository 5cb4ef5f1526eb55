import { isAbsolute, relative, resolve } from 'node:path';
import type { Ecosystem } from './ecosystem.ts';
import { MsbError, type Place } from './errors.ts';
import { at, itemsOf, textAt, type Value } from './project/documents.ts';
import type { Project } from './project/project.ts';

/** Templates of somebody else's that a run takes: those of a folder or package named by `--templates`. */
export interface Borrowed {
  /** The name of a package, or the path of a folder: absolute, or relative to the project's folder where it is recorded. */
  readonly from: string;
  /** The templates that are taken instead of ours, as `<id>/<file>`; none where the ecosystem is theirs as a whole. */
  readonly replaced: readonly string[];
}

const isFolder = (from: string): boolean => isAbsolute(from) || /^\.{1,2}(\/|$)/.test(from);
const dotted = (path: string): string => (/^\.{1,2}(\/|$)/.test(path) ? path : `./${path}`);
const absolute = (project: Project): string => resolve(project.tree.root, project.folder);
const unix = (path: string): string => path.replaceAll('\\', '/');

/** The same, as the record keeps it: it has to mean the same wherever the repository lies. */
export const toRecord = ({ from, replaced }: Borrowed, project: Project): Borrowed => ({
  from: isAbsolute(from) ? dotted(unix(relative(absolute(project), from))) : from,
  replaced,
});

/** Reads what a record has of it; `undefined` when it has nothing, or nothing that makes sense. */
export function fromRecord(value: Value): Borrowed | undefined {
  const from = textAt(value, 'from');
  if (from === undefined || from === '') return undefined;
  return { from, replaced: itemsOf(at(value, 'replaced')).filter((name) => typeof name === 'string') };
}

/** The name of recorded templates as the flag `--templates` takes it here. */
export const namedHere = ({ from }: Borrowed, project: Project): string =>
  isFolder(from) && !isAbsolute(from) ? dotted(unix(relative(process.cwd(), resolve(absolute(project), from)))) : from;

/** `go/toolchain, _runtime/alpine.base from ./our-templates` */
export const borrowedText = ({ from, replaced }: Borrowed): string =>
  replaced.length > 0 ? `${replaced.join(', ')} from ${from}` : from;

/**
 * Refuses to make files anew without the templates that they were made with: that would take a company's base image out
 * of them unasked. They are not taken unasked either: templates are code, and a repository's record may be anybody's.
 */
export function mustBorrowAgain(recorded: Borrowed, project: Project, place: Place): MsbError {
  const named = namedHere(recorded, project);
  return new MsbError(
    'open-question',
    `The files here were made with custom templates: ${borrowedText(recorded)}`,
    `Name them again, create-msb-docker --templates ${named}, or say --templates none for ours.`,
    place,
  );
}

/** An ecosystem of ours some of whose templates are somebody else's; a fact says so. `folder` holds them. */
export function borrowing(ecosystem: Ecosystem, folder: string, borrowed: Borrowed, shown: string): Ecosystem {
  const mine = borrowed.replaced.filter((name) => new RegExp(`^(${ecosystem.manifest.id}|_\\w+)/`).test(name));
  if (mine.length === 0) return ecosystem;
  const fact = { name: 'templates', value: borrowedText({ from: shown, replaced: mine }) };
  return {
    ...ecosystem,
    overrides: folder,
    borrowed: { from: borrowed.from, replaced: mine },
    detect: (project, given) => {
      const detection = ecosystem.detect(project, given);
      return { ...detection, facts: [...detection.facts, fact] };
    },
  };
}
