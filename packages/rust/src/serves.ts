import type { FoundPort, Note, Project } from '@msb/core';
import { folderNotes, loopbackNotes, signalNotes } from './advice.ts';
import { searchCode } from './code.ts';
import { type Framework, findFramework } from './frameworks.ts';
import { findRustPort } from './port.ts';
import type { Sources } from './sources.ts';

/** How a program can be seen to listen. */
const listening = [/\bTcpListener::bind\w*\s*\(/, /\bServer::(?:bind|builder|http)\s*\(/, /\bHttpServer::new\s*\(/];

/** Whether the program listens, where, and how it takes its end. */
export interface Service {
  readonly serves: boolean;
  readonly port: FoundPort | undefined;
  readonly framework: Framework | undefined;
  readonly notes: readonly Note[];
}

/** Reads it from the sources of a binary; the binary's own files come first. */
export function findService(project: Project, sources: Sources): Service {
  const groups = [sources.own, sources.shared, sources.locals];
  const all = groups.flat();
  const framework = findFramework(sources.packages.flatMap(({ dependencies }) => dependencies));
  if (framework === undefined && !searchCode(all, listening)) {
    return { serves: false, port: undefined, framework, notes: [] };
  }
  const port = findRustPort(project, groups);
  const notes = [...loopbackNotes(all), ...signalNotes(sources, all, framework), ...folderNotes(project, all)];
  return { serves: true, port, framework, notes };
}
