import type { FoundPort, Project } from '@msb/core';
import { type GoPackage, importsOf } from './packages.ts';
import {
  clientPorts,
  clientSettings,
  nearFolders,
  operatorSettings,
  ownSettings,
  type PortIdiom,
  portIdioms,
} from './settings.ts';

/** Larger files are generated, and no place for a setting. In characters. */
const largestSource = 256 * 1024;

/** A port that the sources of a program name. */
export interface SourcePort extends FoundPort {
  /** The address next to the number is one that only the machine itself reaches. */
  readonly loopback: boolean;
}

/** The port that a program listens on by default: the surest idiom first, one for operators only where there is no other. */
export function findPort(project: Project, packages: readonly GoPackage[]): SourcePort | undefined {
  const all = packages.flatMap(({ files }) => files);
  const near = packages.filter(({ folder }, index) => index === 0 || nearFolders.test(folder));
  const nearFiles = near.flatMap(({ files }) => files);
  const codes = new Map(all.map((file) => [file, once(() => codeOf(project, file))]));
  let operatorPort: SourcePort | undefined;
  for (const idiom of portIdioms) {
    for (const { port, operator } of hitsOf(project, codes, idiom.near ? nearFiles : all, idiom)) {
      if (!operator) return port;
      operatorPort ??= port;
    }
  }
  return operatorPort;
}

/** The code of a file without its comments; nothing of one so large that it is generated. */
function codeOf(project: Project, file: string): string {
  const source = project.text(file) ?? '';
  return source.length > largestSource ? '' : withoutComments(source);
}

/** Makes a value when it is first asked for, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

interface PortHit {
  readonly port: SourcePort;
  readonly operator: boolean;
}

function* hitsOf(
  project: Project,
  codes: ReadonlyMap<string, () => string>,
  files: readonly string[],
  idiom: PortIdiom,
): Generator<PortHit> {
  for (const file of files) {
    if (idiom.imports && !importsOf(project, [file]).some(({ path }) => path === idiom.imports)) continue;
    const text = codes.get(file)?.() ?? '';
    for (const match of text.matchAll(idiom.pattern)) {
      const port = idiom.port ?? Number(match[1]);
      const [whole] = match;
      const foreign =
        !idiom.listens && ((clientPorts.has(port) && !ownSettings.test(whole)) || clientSettings.test(whole));
      if (port < 1 || port > 65535 || foreign) continue;
      const digits = match[1] === undefined ? whole.length : whole.lastIndexOf(match[1]);
      const line = text.slice(0, match.index + digits).split('\n').length;
      const loopback = /"(?:https?:\/\/)?(127\.0\.0\.1|localhost|\[::1\]):\d+"?$/.test(whole);
      yield { port: { port, file, line, loopback }, operator: operatorSettings.test(whole) };
    }
  }
}

/** Blanks comments out; every line stays where it is. A `/*` in a string is most often a route, so it starts none. */
const withoutComments = (text: string): string =>
  text
    .replace(/^[ \t]*\/\*[\s\S]{0,20000}?\*\//gm, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
