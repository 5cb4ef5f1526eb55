import { at, itemsOf, lineOf, type Place, type Project, readToml, textAt } from '@msb/core';
import type { PackageJson } from '../package-json.ts';

/** A Node version as a file of the project spells it: `v24.1.0`, `lts/jod`, `>=22 <25`. */
export interface DeclaredVersion {
  readonly wanted: string;
  readonly place: Place;
}

type Source = (project: Project, manifest: PackageJson) => DeclaredVersion | undefined;

/** A file with nothing but the version: https://github.com/nvm-sh/nvm#nvmrc */
const wholeFile =
  (file: string): Source =>
  (project) => {
    const lines = (project.text(file) ?? '').split('\n').map((line) => line.replace(/#.*/, '').trim());
    const index = lines.findIndex((line) => line !== '');
    const wanted = lines[index];
    return wanted === undefined || wanted === 'system' ? undefined : { wanted, place: { file, line: index + 1 } };
  };

const field =
  (...path: readonly string[]): Source =>
  (_, manifest) => {
    const wanted = textAt(manifest.json.value, ...path);
    return wanted === undefined ? undefined : { wanted, place: manifest.place(...path) };
  };

/** One line a tool, several versions after its name: https://asdf-vm.com/manage/configuration.html */
const toolVersions: Source = (project) => {
  const hit = project.search(['.tool-versions'], [/^\s*(?:nodejs|node)\s+([^\s#]+)/]);
  const wanted = hit?.match[1];
  return hit === undefined || wanted === undefined ? undefined : { wanted, place: { file: hit.file, line: hit.line } };
};

/** `node = "24"`, `node = ["24", "22"]` or `node = { version = "24" }`: https://mise.jdx.dev/configuration.html */
const mise =
  (file: string): Source =>
  (project) => {
    if (!project.has(file)) return undefined;
    const tool = at(readToml(project, file), 'tools', 'node');
    const [first] = itemsOf(tool);
    const wanted = [tool, first, textAt(tool, 'version')].find((value) => typeof value === 'string');
    const line = lineOf(project.text(file) ?? '', /^\s*(?:node|"node"|\[tools\.node\])\s*(?:=|$)/);
    return typeof wanted === 'string' ? { wanted, place: { file, ...(line !== undefined && { line }) } } : undefined;
  };

/** One runtime or several: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#devengines */
const devEngines: Source = (_, manifest) => {
  const runtime = at(manifest.json.value, 'devEngines', 'runtime');
  const found = [runtime, ...itemsOf(runtime)].find((item) => textAt(item, 'name') === 'node');
  const wanted = textAt(found, 'version');
  return wanted === undefined ? undefined : { wanted, place: manifest.place('devEngines', 'runtime') };
};

/** Where a project can say which Node it wants; what says it most exactly comes first. */
const sources: readonly Source[] = [
  wholeFile('.nvmrc'),
  wholeFile('.node-version'),
  field('volta', 'node'),
  toolVersions,
  mise('mise.toml'),
  mise('.mise.toml'),
  devEngines,
  field('engines', 'node'),
];

/** The version that the project asks for; `undefined` when it does not say. Throws `broken-file`. */
export function declaredVersion(project: Project, manifest: PackageJson): DeclaredVersion | undefined {
  for (const source of sources) {
    const found = source(project, manifest);
    if (found) return found;
  }
  return undefined;
}
