import { type Fact, join, type Note, nameWord, type Project, pathWord } from '@msb/core';
import { type BuildVariable, buildVariables, type Scripts } from './account/scripts.ts';
import type { Code } from './code.ts';
import { isSecretName } from './secrets.ts';

/** What whoever builds may hand over, and how the build takes it. */
export interface Asked {
  /** Build arguments. */
  readonly names: readonly string[];
  /** Those that are secrets, which no layer may keep. */
  readonly secrets: readonly string[];
  /** Build scripts that read them, in the build context. */
  readonly scripts: readonly string[];
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
}

/** Reads it from the code that is compiled and its build scripts; `configured` are variables that Cargo's configuration sets. */
export function askedOf(
  project: Project,
  code: readonly Code[],
  scripts: Scripts,
  configured: readonly string[],
): Asked {
  const variables = buildVariables(code, scripts.code, configured);
  const readByScript = ({ name }: BuildVariable): boolean =>
    name.startsWith('VERGEN_') || scripts.code.some(({ text }) => text.includes(`"${name}"`));
  const open = variables.filter(({ name }) => !isSecretName(name)).map(({ name }) => nameWord(name, 'A variable'));
  return {
    names: open,
    secrets: variables.filter(({ name }) => isSecretName(name)).map(({ name }) => nameWord(name, 'A variable')),
    scripts: variables.some(readByScript)
      ? scripts.code.map(({ file }) => pathWord(`/${join('src', project.inContext(file))}`, 'A build script'))
      : [],
    facts: [
      ...scripts.facts,
      ...variables
        .filter(({ name, must }) => !must && !isSecretName(name))
        .map(({ name, place }) => ({ name: 'build variable', value: `${name}, by --build-arg ${name}=…`, place })),
    ],
    notes: [...scripts.notes, ...variables.filter(({ must }) => must).map(needed), ...withoutGit(scripts, variables)],
  };
}

const needed = ({ name, place }: BuildVariable): Note => ({
  message: `The build needs the variable ${name}, which becomes part of your app`,
  hint: isSecretName(name)
    ? `Set it and hand it over: docker build --secret id=${name},env=${name}.`
    : `Set it: docker build --build-arg ${name}=….`,
  place,
});

/** A build script that asks Git and no variable gets no answer. */
function withoutGit({ git }: Scripts, variables: readonly BuildVariable[]): readonly Note[] {
  if (git === undefined || variables.length > 0) return [];
  return [
    {
      message: "Your build script asks Git for the commit, and .git isn't part of the build, so it gets no answer",
      hint: 'Read a variable first in build.rs, such as GIT_COMMIT, and set it: docker build --build-arg GIT_COMMIT=….',
      place: git,
    },
  ];
}
