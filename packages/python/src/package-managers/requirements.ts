import { join, MsbError, type Place, type Project } from '@msb/core';
import type { Asked } from '../local/asked.ts';
import { normalized, parseRequirement, type Requirement } from '../names.ts';

/** One line of a requirements file that asks for something. */
export interface RequirementLine {
  readonly requirement: Requirement;
  readonly place: Place;
}

/** Some requirements files, with all that they include (https://pip.pypa.io/en/stable/reference/requirements-file-format/). */
export interface RequirementFiles {
  /** Those that pip is told of. */
  readonly files: readonly string[];
  /** All that are read. */
  readonly all: readonly string[];
  readonly lines: readonly RequirementLine[];
  /** What they ask for by a path: `-e .`, `../lib`, `./vendor/words.whl`. */
  readonly local: readonly Asked[];
  /** Whether every release has a hash, as pip-compile --generate-hashes writes them. */
  readonly hashes: boolean;
}

/** Names by which people call what production installs, the surest first. */
const usual: readonly string[] = [
  'requirements/production.txt',
  'requirements/prod.txt',
  'requirements-production.txt',
  'requirements-prod.txt',
  'requirements.prod.txt',
  'requirements.production.txt',
  'requirements.txt',
  'requirements/requirements.txt',
  'requirements/base.txt',
  'requirements/main.txt',
];

/** The files that pip installs from: those that were asked for, else the first of the usual ones. */
export function requirementFiles(project: Project, given: string | undefined): readonly string[] {
  if (given === undefined) return usual.filter((file) => project.has(file)).slice(0, 1);
  const files = given
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((file) => join(file));
  const missing = files.find((file) => !project.has(file));
  if (missing === undefined) return files;
  throw new MsbError('bad-option', `--requirements names ${missing}, which is not there`, 'Name files of the project.');
}

/** The other files that could have been meant, without those for development. */
export const otherFiles = (project: Project, { all }: RequirementFiles): readonly string[] =>
  usual.filter((file) => project.has(file) && !all.includes(file));

const include = /^(?:-r|--requirement|-c|--constraint)(?:\s+|=|(?=[^\s-]))(\S+)/;

/** Reads requirements files and those that they include. Throws `broken-file` for one that is missing. */
export function readRequirements(project: Project, files: readonly string[]): RequirementFiles {
  const all: string[] = [];
  const lines: RequirementLine[] = [];
  const local: Asked[] = [];
  let unhashed = 0;
  const visit = (file: string, from: Place | undefined, constraint: boolean): void => {
    if (all.includes(file)) return;
    if (!project.has(file)) {
      throw new MsbError('broken-file', `${file} is missing`, `Add it, or remove the line that includes it.`, from);
    }
    all.push(file);
    for (const { text, line } of logicalLines(project.mustText(file))) {
      const place = { file, line };
      const [option, path] = include.exec(text) ?? [];
      const own = localPath(project, text);
      if (path !== undefined) visit(join(file, '..', path), place, /^(-c|--c)/.test(option ?? ''));
      else if (own !== undefined)
        local.push({ ...own, text, needed: true, linked: /^(?:-e|--editable)/.test(text), place });
      else if (!text.startsWith('-') && !constraint) {
        const requirement = repository(text) ?? parseRequirement(text);
        if (requirement) lines.push({ requirement, place });
        if (!text.includes('--hash')) unhashed += 1;
      } else if (/^(?:-e|--editable)/.test(text)) {
        const requirement = repository(text);
        if (requirement) lines.push({ requirement, place });
      }
    }
  };
  for (const file of files) visit(file, undefined, false);
  return { files, all, lines, local, hashes: lines.length > 0 && unhashed === 0 };
}

/**
 * What a line asks for by a path, which pip takes from the folder that it is started in: `-e ../lib[web]`, `./libs/words`,
 * `vendor/words.whl`, `words @ file:../words`. A name with a slash is a path where there is such a folder.
 */
function localPath(project: Project, text: string): Pick<Asked, 'path' | 'requirement'> | undefined {
  const [, named, rest = ''] = /^(?:-e|--editable)?[\s=]*(?:([\w.-]+)\s*@\s*)?(.*)$/.exec(text) ?? [];
  const plain = rest.replace(/\s*(?:;|--|#).*$/, '');
  const [, address = '', extras = ''] = /^([^\s[\]]+)\s*(?:\[([^\]]*)\])?$/.exec(plain) ?? [];
  const path = address.replace(/^file:(?:\/\/(?=\.))?/, '');
  const isPath =
    /^\.{1,2}(?:\/|$)/.test(path) ||
    (/^[^/:]+\//.test(path) && !/^[\w+]+:/.test(path) && project.exists(path)) ||
    (/\.(?:whl|tar\.gz|zip)$/.test(path) && project.has(path));
  if (!isPath || /^-/.test(path)) return undefined;
  const to = join(path);
  const name = named ?? /^([\w.]+?)-\d/.exec(to.split('/').at(-1) ?? '')?.[1] ?? to.split('/').at(-1) ?? '';
  const parts = extras.split(',').map((extra) => normalized(extra.trim()));
  return { path: to, requirement: { name: normalized(name), extras: parts.filter(Boolean), specifier: '', path: to } };
}

/** `git+https://github.com/acme/words@v1#egg=words`. */
function repository(text: string): Requirement | undefined {
  const [, url] = /^(?:-e\s*|--editable[\s=]+)?((?:git|hg|svn|bzr)\+\S+)/.exec(text) ?? [];
  if (url === undefined) return undefined;
  const name =
    /[#&]egg=([\w.-]+)/.exec(url)?.[1] ?? /([\w.-]+?)(?:\.git)?(?:@[^/]*)?(?:#.*)?$/.exec(url)?.[1] ?? 'repository';
  return { name: name.toLowerCase(), extras: [], specifier: '', url };
}

/** Lines without comments; one that ends in a backslash goes on. */
function* logicalLines(text: string): Generator<{ readonly text: string; readonly line: number }> {
  let begun: { text: string; line: number } | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const plain = raw.replace(/(^|\s)#.*$/, '').trim();
    const open = plain.endsWith('\\');
    const part = open ? plain.slice(0, -1).trim() : plain;
    begun = begun ? { text: `${begun.text} ${part}`, line: begun.line } : { text: part, line: index + 1 };
    if (open) continue;
    if (begun.text !== '') yield begun;
    begun = undefined;
  }
}
