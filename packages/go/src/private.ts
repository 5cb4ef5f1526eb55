import { type GivenOptions, givenText, type Note, type Place, type Project } from '@msb/core';
import { downloads, type ModFile } from './modfile.ts';

/** Modules that no public proxy has. */
export interface PrivateModules {
  /** As GOPRIVATE takes them: `github.com/acme/*,git.acme.dev`. */
  readonly patterns: string;
  /** What says so: a build file of the project's, else the first module that matches. */
  readonly place?: Place;
}

/** Files in which a team sets GOPRIVATE for its own builds. */
const buildFiles = ['Dockerfile', 'Makefile', '.gitlab-ci.yml', '.envrc'];
const workflows = '.github/workflows';

/** `ENV GOPRIVATE="a,b"`, `GOPRIVATE: a`, `go env -w GOPRIVATE=a`; a value with a variable in it says nothing. */
const setting = /\bGOPRIVATE(?:\s*[:?]?=\s*|:\s+|\s+)(["']?)([\w.*?/~,-]+)\1(?:\s|$)/;

/**
 * The modules that need credentials: those that `--private` names, or those that the project's own build files put
 * into GOPRIVATE (https://go.dev/ref/mod#private-modules), as far as go.mod requires any of them.
 */
export function findPrivate(project: Project, mod: ModFile, given: GivenOptions): PrivateModules | undefined {
  const asked = givenText(given, 'private');
  const matching = (patterns: string) => downloads(mod).find(({ value }) => matches(patterns, value));
  if (asked !== undefined) {
    const required = matching(asked);
    return { patterns: asked, ...(required && { place: { file: 'go.mod', line: required.line } }) };
  }
  const files = [...buildFiles, ...project.list(workflows).map((name) => `${workflows}/${name}`)];
  for (const { file, line, match } of project.matches(files, setting)) {
    const [, , patterns = ''] = match;
    if (matching(patterns)) return { patterns, place: { file, line } };
  }
  return undefined;
}

/** Whether one of the patterns matches a module's path, or that of a folder above it (`path.Match` of GOPRIVATE). */
export function matches(patterns: string, module: string): boolean {
  const names = module.split('/');
  return patterns.split(',').some((pattern) => {
    const globs = pattern.replace(/\/+$/, '').split('/');
    return (
      pattern !== '' && globs.length <= names.length && globs.every((glob, index) => nameIs(glob, names[index] ?? ''))
    );
  });
}

/** Whether a glob of `*` and `?` is a name. All ways to read it go on at once, so that no glob takes long. */
function nameIs(pattern: string, name: string): boolean {
  const glob = pattern.replace(/\*+/g, '*');
  const from = (at: number): readonly number[] => (glob[at] === '*' ? [at, at + 1] : [at]);
  let reached = new Set(from(0));
  for (const char of name) {
    const next = [...reached].flatMap((at) => {
      if (glob[at] === '*') return from(at);
      return glob[at] === '?' || glob[at] === char ? from(at + 1) : [];
    });
    reached = new Set(next);
  }
  return reached.has(glob.length);
}

/** How credentials come into the build, or that there is nothing they would be for. */
export function privateNotes(mod: ModFile, found: PrivateModules | undefined): readonly Note[] {
  if (found === undefined) return [];
  const { patterns, place } = found;
  const used = downloads(mod).some(({ value }) => matches(patterns, value));
  const note: Note = used
    ? {
        message: 'Private modules are downloaded with the credentials in your .netrc, which no layer keeps',
        hint: 'Build with --secret id=netrc,src=$HOME/.netrc; it needs a line: machine <host> login <user> password <token>.',
      }
    : { message: `go.mod requires no module of ${patterns}`, hint: 'Correct --private, or leave it out.' };
  return [{ ...note, ...(place && { place }) }];
}
