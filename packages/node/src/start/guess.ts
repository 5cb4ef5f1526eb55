import { join, textAt } from '@msb/core';
import { dependsOn, looksLikeLibrary, type PackageJson } from '../package-json.ts';
import type { Attempt, StartContext } from './context.ts';
import { developmentScripts } from './names.ts';
import { tryScript } from './scripts.ts';
import { type Start, startOf, startText } from './start.ts';
import { shellSteps } from './words.ts';

/** Packages that make files for browsers; what lies in `src` is no program for node then. */
const bundlers = ['vite', 'react-scripts', '@angular/core', 'parcel', 'astro', '@vue/cli-service', 'gatsby'];

/** Files that programs begin with, by convention. */
const usual = ['server', 'index', 'app', 'main'].flatMap((name) =>
  ['', 'src/'].flatMap((folder) => ['.js', '.mjs', '.cjs'].map((extension) => `${folder}${name}${extension}`)),
);

/** What scripts for developers run, without the watching. */
export const watched = (context: StartContext): readonly Attempt[] =>
  developmentScripts.map((name) => tryScript({ ...context, runners: true }, name));

/** How the program may start, the likeliest first, where nothing says so: somebody should confirm it. */
export function guesses(context: StartContext): readonly Start[] {
  const { project, manifest } = context;
  if (looksLikeLibrary(manifest) || bundlerOf(manifest) !== undefined) return [];
  const steps = developmentScripts.flatMap(
    (name) => shellSteps(manifest.scripts.get(name)?.text ?? '').steps.at(-1) ?? [],
  );
  const files = [...steps.filter((word) => /\.[cm]?js$/.test(word)), ...usual].map((file) => join(file));
  const found = [...new Set(files)].filter((file) => project.has(file));
  const starts = found.map((entry) => startOf({ flags: [], entry, args: [] }, {}, { file: entry }));
  const tried = watched(context).flatMap((attempt) => (attempt && 'start' in attempt ? [attempt.start] : []));
  const bun = fromModule(context);
  const all = [...tried, ...(bun ? [bun] : []), ...starts];
  return all.filter((start, index) => all.findIndex((other) => startText(other) === startText(start)) === index);
}

/** `"module": "index.ts"`, as `bun init` writes it (https://bun.com/docs/runtime/templating/init). */
function fromModule({ project, manifest }: StartContext): Start | undefined {
  const entry = textAt(manifest.json.value, 'module');
  const ofBun = project.has('bun.lock') || project.has('bun.lockb') || dependsOn(manifest, '@types/bun');
  if (entry === undefined || !ofBun || !project.has(join(entry))) return undefined;
  return { ...startOf({ flags: [], entry, args: [] }, {}, manifest.place('module')), program: 'bun' };
}

/** What makes the files for browsers, if anything does. */
export const bundlerOf = (manifest: PackageJson): string | undefined =>
  bundlers.find((name) => dependsOn(manifest, name));
