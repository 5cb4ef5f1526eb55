import type { Project } from '@msb/core';
import { folderOfImport, type GoPackage, type ModuleFolders } from '../packages.ts';
import { type Bindings, bindAll } from './bindings.ts';
import { type Call, callsIn } from './calls.ts';
import { type GoSource, readSource } from './source.ts';

/** The sources of one program, as far as they lie in the project. */
export interface Code {
  readonly sources: readonly GoSource[];
  readonly calls: readonly Call[];
  /** Calls by the name that they end with. */
  readonly callsOf: ReadonlyMap<string, readonly Call[]>;
  readonly bindings: Bindings;
  /** What expressions were found to stand for, by their first and last word. */
  readonly values: Map<GoSource, Map<number, readonly string[]>>;
  /** The folder of an import of the project's own. */
  readonly folderOf: (path: string) => string | undefined;
}

/** A file larger than this is data, and one that is generated names no file of the project. In characters. */
const largestSource = 256 * 1024;
const generated = /^\/\/ Code generated .* DO NOT EDIT\.$/m;

/** What is read of one program; the rest is far from its main package. In characters. */
const budget = 12 * 1024 * 1024;

/** Reads the sources of packages, the nearest to the main package first. */
export function readCode(project: Project, modules: ModuleFolders, packages: readonly GoPackage[]): Code {
  const sources: GoSource[] = [];
  let read = 0;
  for (const file of packages.flatMap(({ files }) => files)) {
    const text = project.text(file) ?? '';
    if (text.length > largestSource || generated.test(text.slice(0, 2000))) continue;
    read += text.length;
    if (read > budget) break;
    sources.push(readSource(file, text));
  }
  const bindings: Bindings = new Map();
  for (const source of sources) bindAll(source, bindings);
  const calls = sources.flatMap(callsIn);
  const callsOf = new Map<string, Call[]>();
  for (const call of calls) {
    const name = call.chain.at(-1) ?? '';
    callsOf.set(name, [...(callsOf.get(name) ?? []), call]);
  }
  return { sources, calls, callsOf, bindings, values: new Map(), folderOf: (path) => folderOfImport(modules, path) };
}
