import type { Place } from '@msb/core';
import { enclosing } from '../code/calls.ts';
import { type Code, lineAt } from '../code/constants.ts';
import { type Ground, inImage, isOutput, isPacked, localPath, type Spot, spotOf } from './places.ts';
import type { Use } from './use-tables.ts';
import type { PathUse } from './uses.ts';

/** What the program reads, and where its code says so. */
export interface Found extends Spot {
  /** Whether nothing is there. */
  readonly missing?: boolean;
  readonly place: Place;
}

/** What the program writes: an absolute path in the image, or one below the working folder. */
export interface Written {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly place: Place;
}

const reading: readonly Use[] = ['read', 'list', 'unknown'];
const writing: readonly Use[] = ['write', 'make'];

/** The folder of an open path: of `data/user-` it is `data`. */
const folderOf = (path: string): string => path.replace(/[^/]*$/, '');

/** What uses of paths read, of what the repository has. */
export function readsOf(ground: Ground, uses: readonly PathUse[]): readonly Found[] {
  return uses.flatMap(({ path, open, uses, place }) => {
    if (!uses.some((use) => reading.includes(use))) return [];
    const local = localPath(open ? folderOf(path) : path);
    const spot = local === undefined ? undefined : spotOf(ground, local);
    return spot ? [{ ...spot, place }] : [];
  });
}

/** What the program reads without asking, and neither the repository has nor the program itself makes. */
export function missingOf(ground: Ground, uses: readonly PathUse[], written: readonly Written[]): readonly Found[] {
  const made = written.map(({ path }) => path);
  const asked = new Set(uses.filter((use) => use.asked).map(({ path }) => localPath(path)));
  return uses.flatMap(({ path, open, uses, place }) => {
    if (open || !uses.some((use) => use === 'read' || use === 'list')) return [];
    const local = localPath(path);
    if (local === undefined || asked.has(local) || spotOf(ground, local)) return [];
    if (isOutput(ground, local) || isPacked(ground, local)) return [];
    if (made.some((folder) => `${local}/`.startsWith(`${folder}/`))) return [];
    return [{ path: local, at: inImage(ground, local), missing: true, place }];
  });
}

/** What uses of paths write. A file in a folder needs the folder; what is in the temporary folder has its place. */
export function writesOf(uses: readonly PathUse[]): readonly Written[] {
  return uses.flatMap(({ path, open, uses, place }) => {
    if (!uses.some((use) => writing.includes(use)) || /^\/?tmp(\/|$)/.test(path)) return [];
    const target = writtenAt(open ? folderOf(path) : path, !open && !uses.includes('make') && !uses.includes('list'));
    return target ? [{ ...target, place }] : [];
  });
}

/** Where something is written: the file itself where it lies in the working folder, else its folder. */
export function writtenAt(path: string, isFile: boolean): Omit<Written, 'place'> | undefined {
  const absolute =
    /^\/[\w.-]+\/[\w.-]/.test(path) || (!isFile && /^\/[\w.-]+\/?$/.test(path)) ? path.replace(/\/+$/, '') : undefined;
  const target = absolute ?? localPath(path);
  if (target === undefined || target.startsWith('..')) return undefined;
  if (!isFile) return { path: target, kind: 'folder' };
  const folder = target.replace(/\/?[^/]*$/, '');
  return folder === '' ? { path: target, kind: 'file' } : { path: folder, kind: 'folder' };
}

/** Calls that look for a name among classes, in a request or in a database, and not among files. */
const elsewhere =
  /getResource\w*$|ClassPathResource$|getSystemResource\w*$|Mapping$|^(?:Path|Query)$|redirect|forward|matches|startsWith|endsWith|equals\w*|replace\w*/;

/** Calls and names that go with a folder of one word: `new Templates("mail")`, `setTemplateRoot("mail")`, `DIR = "mail"`. */
const made = /^(?:new )?(?:\w+\.)*[A-Z]\w*[a-z]\w*$/;
const notMade =
  /(?:Exception|Error|JSON\w*|Command|Button|Label|String|Locale|Thread|Logger|Argument|Option|Tag|Header)$/;
const takesFolder = /(?:dir|directory|folder|path|root|location|home|base|prefix|templates?|loader)\w*$/i;
const namesFolder = /(?:dir|directory|folder|path|root|location|home|base|prefix)\w*\s*(?::\s*\w+\s*)?=\s*$/i;
const general = /^(src|test|tests|target|build|bin|lib|libs|docs?|api|main)$/;

/** Whether a folder of one word is meant where its name stands in the code, as a request or a key may be called the same. */
function isFolderAt(text: string, index: number, literal: string): boolean {
  if (general.test(literal)) return false;
  const call = enclosing(text, index)?.name ?? '';
  return (
    (made.test(call) && !notMade.test(call)) ||
    takesFolder.test(call) ||
    namesFolder.test(text.slice(Math.max(0, index - 60), index))
  );
}

/** Texts of the code that name a file of the repository, or a folder by a path: `templates/mail`. */
export function literalsOf(ground: Ground, codes: readonly Code[]): readonly Found[] {
  return codes.flatMap(({ file, text }) =>
    [...text.matchAll(/"((?:file:)?[^"\\\n$%{}<>:*?|]{2,200})"/g)].flatMap(({ 1: literal = '', index }) => {
      const local = /^\s*$/.test(literal) ? undefined : localPath(literal);
      const spot = local === undefined ? undefined : spotOf(ground, local);
      if (local === undefined || spot === undefined) return [];
      const word = !local.includes('/') && (!ground.project.has(spot.path) || !local.includes('.'));
      if (word && !isFolderAt(text, index, local)) return [];
      if (elsewhere.test(enclosing(text, index)?.name ?? '')) return [];
      return [{ ...spot, place: { file, line: lineAt(text, index) } }];
    }),
  );
}
