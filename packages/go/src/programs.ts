import { type Fact, imageName, MsbError, type Note, type Project } from '@msb/core';
import { findAccount, type ProgramAccount } from './account/account.ts';
import { readCode } from './code/program.ts';
import type { Conditions } from './constraints.ts';
import { defaultMain, findMains, type MainPackage, mainFolder, namedMain, programName } from './mains.ts';
import { moduleName } from './modfile.ts';
import type { GoPackage, ModuleFolders } from './packages.ts';
import { findService, type Service, usualPort } from './serves.ts';

/** One program of a module, and what its image needs beside it. */
export interface GoProgram {
  readonly main: MainPackage;
  readonly account: ProgramAccount;
  readonly service: Service;
}

/**
 * The programs that `--main` names: one, several with commas in between, or `all` that an image may be for. The first
 * is the one that a plain `docker build` makes. Throws `no-entry-point`, and `unsupported` for two of one name.
 */
export function namedMains(
  project: Project,
  wanted: string,
  module: string,
  conditions: Conditions = {},
): readonly MainPackage[] {
  const mains =
    wanted === 'all'
      ? defaultFirst(findMains(project, conditions), moduleName(module))
      : wanted.split(',').map((path) => namedMain(project, path.trim(), conditions));
  const unique = [...new Map(mains.map((main) => [main.path, main])).values()];
  for (const nameOf of [outputName, programName]) refuseTwins(unique, (main) => nameOf(main, module));
  return unique;
}

function defaultFirst(mains: readonly MainPackage[], module: string): readonly MainPackage[] {
  const first = defaultMain(mains, module);
  return first === undefined ? mains : [first, ...mains.filter((main) => main !== first)];
}

function refuseTwins(mains: readonly MainPackage[], nameOf: (main: MainPackage) => string): void {
  const [one, other] = mains.flatMap((main, index) => {
    const twin = mains.slice(0, index).find((earlier) => nameOf(earlier) === nameOf(main));
    return twin === undefined ? [] : [twin, main];
  });
  if (one === undefined || other === undefined) return;
  throw new MsbError(
    'unsupported',
    `${one.path} and ${other.path} would both be named ${nameOf(other)}`,
    `Name the programs that you need: --main ${mains.flatMap(({ path }) => (path === other.path ? [] : path)).join(',')}.`,
    { file: other.file, line: other.line },
  );
}

/** What `go build -o folder/` names a program: the last part of its import path that is no version. */
export function outputName({ path }: MainPackage, module: string): string {
  const names = [...module.split('/'), ...path.split('/').filter((name) => name !== '.')];
  // https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies
  if (names.length > 1 && /^v([2-9]|[1-9]\d+)$/.test(names.at(-1) ?? '')) names.pop();
  return names.at(-1) ?? '';
}

/** Names that stages of ours have already; a number would be the index of one. */
const taken =
  /^(toolchain|newer|compiler|private|deps|generate|build|libraries|runtime-base|rootfs|test|scratch|[^a-z].*)$/;

/** The stage of a program, `docker build --target`. */
export function stageName(main: MainPackage, module: string): string {
  const name = imageName(programName(main, moduleName(module)));
  return taken.test(name) ? `app-${name}` : name;
}

/** What the sources of a program say about its image. `packages` are its own, the main one first. */
export function readProgram(
  project: Project,
  modules: ModuleFolders,
  main: MainPackage,
  packages: readonly GoPackage[],
): GoProgram {
  const code = readCode(project, modules, packages);
  return {
    main,
    account: findAccount({ project, modules, main: mainFolder(main), packages, code }),
    service: findService(project, packages),
  };
}

/** The port of a program that `--port` does not speak of: what its own sources say, or the usual one. */
export function ownPort({ service: { serves, port } }: GoProgram): number | undefined {
  return port?.file.endsWith('.go') ? port.port : serves && usualPort;
}

/** One fact for each of several programs. */
export const programFacts = (programs: readonly GoProgram[]): readonly Fact[] =>
  programs.map(({ main: { path, file, line } }) => ({ name: 'main', value: path, place: { file, line } }));

/** How to build more than the first program. */
export function severalImages(mains: readonly MainPackage[], module: string): readonly Note[] {
  const [first, ...others] = mains.map((main) => stageName(main, module));
  if (others.length === 0) return [];
  return [
    {
      message: `One build makes ${mains.length} images, and a plain docker build the one for ${first}`,
      hint: `The others have a target each: ${others.map((name) => `docker build --target ${name} -t ${name} .`).join(' ')}`,
    },
  ];
}
