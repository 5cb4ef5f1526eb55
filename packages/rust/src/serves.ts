import type { FoundPort, Note, Place, Project } from '@msb/core';
import { loopbackNotes, signalNotes } from './advice.ts';
import { searchCode } from './code.ts';
import { type Framework, findFramework } from './frameworks.ts';
import { findRustPort } from './port.ts';
import type { Sources } from './sources.ts';

/** What an unattended run takes when neither the program nor its framework names a port. */
export const usualPort = 8080;

/** How a program can be seen to listen. */
const listening = [
  /\bTcpListener::(?:bind\w*|from_std)\s*\(/,
  /\bServer::(?:bind|builder|http)\s*\(/,
  /\bHttpServer::new\s*\(/,
];

/** Whether the program listens, where, and how it takes its end. */
export interface Service {
  readonly serves: boolean;
  /** The line that listens, where it is the program's own and not its framework's. */
  readonly listens: Place | undefined;
  readonly port: FoundPort | undefined;
  readonly framework: Framework | undefined;
  /** Whether SIGTERM does not end it when it is the first process of a container. */
  readonly needsInit: boolean;
  readonly notes: readonly Note[];
}

/** Reads it from the sources of a binary; the binary's own files come first. */
export function findService(project: Project, sources: Sources): Service {
  const groups = [sources.own, sources.shared, sources.locals];
  const all = groups.flat();
  const framework = findFramework(sources.packages.flatMap(({ dependencies }) => dependencies));
  const listens = searchCode(all, listening);
  if (framework === undefined && !listens) {
    return { serves: false, listens: undefined, port: undefined, framework, needsInit: false, notes: [] };
  }
  const port = findRustPort(project, groups);
  const signals = signalNotes(sources, all, framework);
  const notes = [...loopbackNotes(all, port), ...signals];
  return { serves: true, listens: listens?.place, port, framework, needsInit: signals.length > 0, notes };
}
