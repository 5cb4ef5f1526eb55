import type { Fact, Note, Place, Project } from '@msb/core';
import { type Code, matchesIn, readCode } from '../code.ts';
import type { Libc } from '../libc.ts';
import type { Package } from '../package.ts';
import { buildTools, present } from './build-tools.ts';
import { tokensOf } from './tokens.ts';
import { startedTools } from './tools.ts';

/** What the build scripts of packages start. */
export interface Scripts {
  /** Those that there are. */
  readonly code: readonly Code[];
  /** Packages of the toolchain's distribution that have what they start. */
  readonly packages: readonly string[];
  /** Whether one asks Git. */
  readonly git: Place | undefined;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
}

/** Reads the build scripts of the packages that a program is compiled from. */
export function readScripts(project: Project, packages: readonly Package[], libc: Libc): Scripts {
  const code = readCode(
    project,
    packages.map(({ script }) => script),
  );
  const started = [...startedTools(code, []), ...inShell(code)].filter(
    ({ name }, index, all) => all.findIndex((other) => other.name === name) === index && !present.has(name),
  );
  const known = started.flatMap(({ name, place }) => {
    const tool = Object.hasOwn(buildTools, name) ? buildTools[name] : undefined;
    return tool ? [{ name, place, packages: libc === 'musl' ? tool.apk : tool.apt }] : [];
  });
  const unknown = started.filter(({ name }) => !known.some((tool) => tool.name === name && tool.packages.length > 0));
  return {
    code,
    packages: [...new Set(known.flatMap((tool) => tool.packages))].sort(),
    git: started.find(({ name }) => name === 'git')?.place,
    facts: known
      .filter((tool) => tool.packages.length > 0)
      .map(({ name, place, packages }) => ({
        name: 'build script',
        value: `starts ${name}, installed by ${packages.join(' ')}`,
        place,
      })),
    notes: unknown.map(({ name, place }) => ({
      message: `Your build script starts ${JSON.stringify(name)}, which the build image doesn't have`,
      hint: `Run it before docker build and commit its output, or install ${name} in the stage tools.`,
      place,
    })),
  };
}

/** Commands in a text for a shell: `Command::new("sh").args(["-c", "npm run build"])`. */
const inShell = (code: readonly Code[]): readonly { readonly name: string; readonly place: Place }[] =>
  code.flatMap((one) =>
    /"(?:sh|bash|\/bin\/sh)"/.test(one.text)
      ? tokensOf(one).flatMap(({ kind, value, offset }) => {
          const name = /^(?:cd \S+ && )?(\w[\w-]*) \S/.exec(value)?.[1];
          if (kind !== 'text' || name === undefined || !Object.hasOwn(buildTools, name)) return [];
          return [{ name, place: { file: one.file, line: one.text.slice(0, offset).split('\n').length } }];
        })
      : [],
  );

/** Variables of the compiler that tell what Git says, and those that build scripts ask for. */
const told = /^VERGEN_GIT_\w+$|(?:^|_)(?:GIT|COMMIT|SHA|REV|REVISION|VERSION|BUILD|TAG|BRANCH)(?:_|$)/;

/** What Cargo sets for a build (https://doc.rust-lang.org/cargo/reference/environment-variables.html). */
const byCargo =
  /^(?:CARGO\w*|OUT_DIR|TARGET|HOST|NUM_JOBS|OPT_LEVEL|PROFILE|DEBUG|RUSTC\w*|RUSTDOC|RUSTFLAGS|DEP_\w+|HOME|PATH|DOCS_RS|CI|PWD|USER|VERGEN_(?!GIT)\w+|SOURCE_DATE_EPOCH)$/;

/** A variable that a build asks for. */
export interface BuildVariable {
  readonly name: string;
  readonly place: Place;
  /** Whether nothing is compiled without it. */
  readonly must: boolean;
}

/** The variables that a build may be given: those of `env!`, which it must have, and those of build scripts. */
export function buildVariables(
  code: readonly Code[],
  scripts: readonly Code[],
  configured: readonly string[],
): readonly BuildVariable[] {
  const defined = (name: string): boolean =>
    configured.includes(name) ||
    scripts.some(({ text }) => text.includes(`rustc-env=${name}`) || text.includes(`"${name}"`));
  const compiled = [...matchesIn(code, /\b(?:std::)?env!\(\s*"(\w+)"/)].map(({ match, place }) => ({
    match,
    place,
    must: true,
  }));
  const optional = [...matchesIn(code, /\boption_env!\(\s*"(\w+)"/)].map(({ match, place }) => ({
    match,
    place,
    must: false,
  }));
  const inScripts = [
    ...matchesIn(scripts, /\benv::var(?:_os)?\(\s*"(\w+)"\s*\)(\s*(?:\.(?:unwrap|expect)\(|\?))?/),
  ].map(({ match, place }) => ({ match, place, must: match[2] !== undefined }));
  const fixed = (name: string, must: boolean): boolean => must && !name.startsWith('VERGEN_') && defined(name);
  const found = new Map<string, BuildVariable>();
  for (const { match, place, must } of [...compiled, ...optional]) {
    const [, name = ''] = match;
    if (byCargo.test(name) || fixed(name, true)) continue;
    if (must || told.test(name)) found.set(name, { name, place, must: must && !name.startsWith('VERGEN_') });
  }
  for (const { match, place, must } of inScripts) {
    const [, name = ''] = match;
    if (!byCargo.test(name) && (must || told.test(name)) && !found.has(name)) found.set(name, { name, place, must });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
