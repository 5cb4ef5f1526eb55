import { join } from '@msb/core';
import { findBuild } from '../build.ts';
import { wholeText } from '../package-json.ts';
import type { Package } from './workspace.ts';

/** Configurations in which a path may lead out of the package. */
const configurations = /(?:^|\/)(?:tsconfig[\w.-]*\.json|[\w.-]+\.config\.[cm]?[jt]s|\.[\w-]+rc(?:\.[cm]?js|\.json)?)$/;

/** Those that no build reads: of tests, which may start other packages, and of linters. */
const idle = /^\.?(?:jest|vitest|playwright|cypress|karma|wdio|eslint|stylelint|prettier|commitlint|lint-staged)/;

/** A path that leads out of a folder, in quotes; `/` or `/*` may follow, as in the paths of a tsconfig. */
const quotedPath = /["'`]((?:\.\.\/)+[\w@./-]*[\w-])(?:\/\**)?["'`]/g;

/** The same as a word of a script: `node ../../tools/stamp.js`, `--config=../base.json`. */
const pathInScript = /(?<=^|[\s"'=])(?:\.\.\/)+[\w@./-]*[\w-]/g;

/**
 * Paths of the workspace, outside of the package, that its configurations and the script that builds it lead to:
 * `"extends": "../../config/tsconfig.json"`, an alias of Vite, `../../tools/stamp.js`. Nothing needs to be there.
 * `all` takes in the configurations of tests and linters.
 */
export function reaches({ project, folder, manifest }: Package, all = true): readonly string[] {
  const files = project.list().filter((name) => configurations.test(name) && (all || !idle.test(name)));
  const lines = [...project.matches(files, /["'`](?:\.\.\/)+[\w@]/)].map(({ match }) => match.input);
  const script = findBuild(project, manifest, undefined)?.script;
  // npm runs what stands before and after a script
  const scripts = script ? ['pre', '', 'post'].flatMap((hook) => manifest.scripts.get(hook + script.name) ?? []) : [];
  const words = scripts.flatMap((one) => wholeText(manifest, one).match(pathInScript) ?? []);
  return [...lines.flatMap((line) => [...line.matchAll(quotedPath)].map((found) => found[1] ?? '')), ...words]
    .map((path) => join(folder, path))
    .flatMap((path) => [path, `${path}.json`])
    .filter((path) => !path.startsWith('..'));
}

/** Whether a path of the workspace is a package, or lies in one. */
export const isInside = ({ folder }: Package, path: string): boolean =>
  folder !== '' && (path === folder || path.startsWith(`${folder}/`));
