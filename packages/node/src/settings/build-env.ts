import { type Note, shellWord } from '@msb/core';
import { programSources } from '../service/sources.ts';
import { type Home, placeFromTarget } from '../workspaces/home.ts';
import { type Required, requiredVariables } from './required.ts';

/** Variables that the build of a framework insists on, since it runs the code that reads them. */
export interface BuildEnv {
  /** In front of the command that builds: `SKIP_ENV_VALIDATION=1`, or a placeholder of the right form for each. */
  readonly words: readonly string[];
  /** Why, as a line of the Dockerfile. */
  readonly comments: readonly string[];
  readonly notes: readonly Note[];
}

/** A build that needs nothing. */
export const noEnv: BuildEnv = { words: [], comments: [], notes: [] };

/** Prefixes of what the build writes into what browsers get: a placeholder would stay there. */
export const isPublic = /^(?:NEXT_PUBLIC|PUBLIC|VITE|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC|REACT_APP|VUE_APP)_/;

/** The switch that `createEnv` has for a build (https://env.t3.gg/docs/customization#skipping-validation). */
const skips = /\bskipValidation\s*:[^,}]*\bprocess\.env\.(\w*(?:SKIP|VALIDAT)\w*)/;

/** What the build of a framework needs of the environment. The given variables are the build's own already. */
export function buildEnv(home: Home, given: readonly string[] = []): BuildEnv {
  const all = home.built.map((item) => ({ item, project: item.project, files: programSources(item.project) }));
  const hit = all.map(({ project, files }) => project.search(files, [skips])).find((found) => found !== undefined);
  const required = all.flatMap(({ item, project, files }) =>
    requiredVariables(project, files).map((one) => ({ ...one, place: placeFromTarget(home, item, one.place) })),
  );
  const open = required.filter(
    ({ name }, index) => isFirst(required, name, index) && !isPublic.test(name) && !given.includes(name),
  );
  const skip = hit?.match[1];
  const validated = skip === undefined ? [] : [`${skip}=1`];
  if (skip === undefined && open.length === 0) return noEnv;
  // what a schema insists on is skipped, what else throws is not
  const left = skip === undefined ? open : open.filter(({ place }) => !place.file.endsWith(hit?.file ?? ''));
  const names = left.map(({ name }) => name);
  return {
    words: [...validated, ...left.map(({ name, form }) => `${name}=${shellWord(form.placeholder, 'A variable')}`)],
    comments: [
      ...(skip === undefined
        ? []
        : [`# ${skip}: the variables are checked when the program starts, as a build has none of them`]),
      ...(names.length === 0
        ? []
        : [`# placeholders for this command alone, as the build runs code that insists on them: ${names.join(', ')}`]),
    ],
    notes: left.length === 0 ? [] : [note(left)],
  };
}

const isFirst = (all: readonly Required[], name: string, index: number): boolean =>
  all.findIndex((other) => other.name === name) === index;

const note = (left: readonly Required[]): Note => ({
  message: `The build runs code that insists on ${left.map(({ name }) => name).join(', ')}: placeholders are set while it runs`,
  hint: 'Pages that are made in the build have been made with them. The program gets the real values when it starts.',
  ...(left[0] && { place: left[0].place }),
});
