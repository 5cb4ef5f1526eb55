import { type Fact, type GivenOptions, givenText, isOurs, type Note, type Place, type Project } from '@msb/core';
import { downloads, type ModFile } from './modfile.ts';

/** Modules that no public proxy has. */
export interface PrivateModules {
  /** As GOPRIVATE takes them: `github.com/acme/*,git.acme.dev`. */
  readonly patterns: string;
  /** How Git signs in: with a .netrc, or with the SSH agent of whoever builds. */
  readonly by: 'netrc' | 'ssh';
  /** The line that has Git use SSH. */
  readonly ssh?: Place;
  /** Where the required ones are fetched from: `github.com`. */
  readonly hosts: readonly string[];
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
  const files = [...buildFiles, ...project.list(workflows).map((name) => `${workflows}/${name}`)];
  const matching = (patterns: string) => downloads(mod).filter(({ value }) => matches(patterns, value));
  const found = (patterns: string, place?: Place): PrivateModules => {
    const hosts = [...new Set(matching(patterns).map(({ value }) => value.split('/')[0] ?? ''))].sort();
    return { patterns, ...signIn(project, files, given), hosts, ...(place && { place }) };
  };
  if (asked !== undefined) {
    const [required] = matching(asked);
    return found(asked, required && { file: 'go.mod', line: required.line });
  }
  for (const { file, line, match } of project.matches(files, setting)) {
    const [, , patterns = ''] = match;
    if (matching(patterns).length > 0) return found(patterns, { file, line });
  }
  return undefined;
}

/** Git is told to go to a host over SSH: `git config url."git@github.com:".insteadOf …`, or the same in .gitconfig. */
const overSsh = /(?:ssh:\/\/|git@).*\binsteadOf\b|^\s*\[url "(?:ssh:\/\/|git@)/i;

/** As `--private-by` says, or as the project's own build files do it. */
function signIn(project: Project, files: readonly string[], given: GivenOptions): Pick<PrivateModules, 'by' | 'ssh'> {
  const asked = givenText(given, 'privateBy');
  if (asked !== undefined) return { by: asked === 'ssh' ? 'ssh' : 'netrc' };
  const own = files.filter((file) => !isOurs(project.text(file) ?? ''));
  const line = project.search([...own, '.gitconfig'], [overSsh]);
  return line ? { by: 'ssh', ssh: { file: line.file, line: line.line } } : { by: 'netrc' };
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

const ways: Readonly<Record<PrivateModules['by'], Note>> = {
  netrc: {
    message: 'Private modules are downloaded with the credentials in your .netrc, which no layer keeps',
    hint: 'Build with --secret id=netrc,src=$HOME/.netrc; it needs a line: machine <host> login <user> password <token>.',
  },
  ssh: {
    message: 'Private modules are downloaded over SSH, signed in by your agent: no layer keeps a key',
    hint: 'Build with --ssh default, an agent running that has the key (ssh-add).',
  },
};

/** The modules, and what has Git sign in another way than with a .netrc. */
export const privateFacts = (found: PrivateModules | undefined): readonly Fact[] =>
  found === undefined
    ? []
    : [
        { name: 'private', value: found.patterns, ...(found.place && { place: found.place }) },
        ...(found.ssh ? [{ name: 'privateBy', value: found.by, place: found.ssh }] : []),
      ];

/** How credentials come into the build, or that there is nothing they would be for. */
export function privateNotes(mod: ModFile, found: PrivateModules | undefined): readonly Note[] {
  if (found === undefined) return [];
  const { patterns, place, by } = found;
  const used = downloads(mod).some(({ value }) => matches(patterns, value));
  const note: Note = used
    ? ways[by]
    : { message: `go.mod requires no module of ${patterns}`, hint: 'Correct --private, or leave it out.' };
  return [{ ...note, ...(place && { place }) }];
}
