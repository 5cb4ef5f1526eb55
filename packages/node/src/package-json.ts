import { at, type JsonFile, keysOf, MsbError, type Place, type Project, readJson, textAt } from '@msb/core';

/** One entry of `scripts`. */
export interface Script {
  readonly name: string;
  readonly text: string;
  readonly place: Place;
}

/** A dependency as package.json names it. */
export interface Dependency {
  readonly name: string;
  /** A range, or where it comes from: `^4.0.0`, `file:../lib`, `github:acme/lib`. */
  readonly spec: string;
  readonly place: Place;
}

/** What a package.json says (https://docs.npmjs.com/cli/v11/configuring-npm/package-json). */
export interface PackageJson {
  readonly json: JsonFile;
  readonly scripts: ReadonlyMap<string, Script>;
  /** What is installed in production: dependencies and optionalDependencies. */
  readonly production: ReadonlyMap<string, Dependency>;
  readonly development: ReadonlyMap<string, Dependency>;
  /** The place of a value, for messages. */
  place(...path: readonly string[]): Place;
}

const file = 'package.json';

// The names that npm has ever allowed: https://github.com/npm/validate-npm-package-name
const packageName = /^(?:@[\w.~-]+\/)?[\w.~-]+$/;

/** Reads the project's package.json. Throws `broken-file`, also for a dependency whose name none can have. */
export function readPackageJson(project: Project): PackageJson {
  const json = readJson(project, file);
  const place = (...path: readonly string[]): Place => {
    const line = json.line(...path);
    return line === undefined ? { file } : { file, line };
  };
  const texts = (field: string): readonly (readonly [name: string, text: string, place: Place])[] =>
    keysOf(at(json.value, field)).flatMap((name) => {
      const text = at(json.value, field, name);
      return typeof text === 'string' ? [[name, text, place(field, name)] as const] : [];
    });
  const dependencies = (...fields: readonly string[]): ReadonlyMap<string, Dependency> =>
    new Map(
      fields.flatMap(texts).map(([name, spec, where]) => [checkedName(name, where), { name, spec, place: where }]),
    );
  return {
    json,
    place,
    scripts: new Map(texts('scripts').map(([name, text, where]) => [name, { name, text: text.trim(), place: where }])),
    production: dependencies('dependencies', 'optionalDependencies'),
    development: dependencies('devDependencies'),
  };
}

function checkedName(name: string, place: Place): string {
  if (packageName.test(name)) return name;
  throw new MsbError('broken-file', `No package can be named ${JSON.stringify(name)}`, 'Correct its name.', place);
}

/** Whether it is meant to be imported by others, not started. */
export const looksLikeLibrary = ({ json }: PackageJson): boolean =>
  ['exports', 'module', 'types', 'typings', 'peerDependencies', 'publishConfig'].some(
    (field) => at(json.value, field) !== undefined,
  );

/** Whether package.json depends on a package at all. */
export const dependsOn = (manifest: PackageJson, name: string): boolean =>
  manifest.production.has(name) || manifest.development.has(name);

/** The file that `main` names. */
export const mainOf = ({ json }: PackageJson): string | undefined => textAt(json.value, 'main');

/** A script with the texts of all scripts that it runs, or that at least have their names in it. */
export function wholeText({ scripts }: PackageJson, { text }: Script): string {
  const texts = new Set([text]);
  for (const outer of texts) {
    for (const { name, text: inner } of scripts.values()) {
      if (outer.split(/[\s"'&|;]+/).includes(name)) texts.add(inner);
    }
  }
  return [...texts].join(' ; ');
}
