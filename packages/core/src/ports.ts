import { isOurs } from './compose.ts';
import type { Note } from './ecosystem.ts';
import type { Place } from './errors.ts';
import type { Hit, Project } from './project/project.ts';

/** A port and the line that names it. */
export interface FoundPort {
  readonly port: number;
  readonly file: string;
  readonly line: number;
}

const toPort = (hit: Hit | undefined): FoundPort | undefined => {
  const port = Number(hit?.match[1]);
  return hit && port > 0 && port < 65536 ? { port, file: hit.file, line: hit.line } : undefined;
};

/**
 * Looks for the port in sources; the first group of each pattern is the number. Patterns come with the surest first,
 * files with the nearest to the entry point first.
 */
export function findPort(
  project: Project,
  files: readonly string[],
  patterns: readonly RegExp[],
): FoundPort | undefined {
  for (const pattern of patterns) {
    const found = toPort(project.search(files, [pattern]));
    if (found) return found;
  }
  return undefined;
}

/** The port that somebody's own Dockerfile exposes: evidence as good as any, unless the file is ours. */
export function exposedPort(project: Project): FoundPort | undefined {
  const foreign = ['Dockerfile'].filter((file) => !isOurs(project.text(file) ?? ''));
  return findPort(project, foreign, [/^\s*EXPOSE\s+(\d{2,5})(?:\/tcp)?(?:\s|$)/i]);
}

/** What to tell where the usual port of an ecosystem is taken, since nothing names one; `listens` is the line that listens. */
export const assumedPort = (port: number, listens?: Place): Note => ({
  message: `The program listens, but nothing names its port, so ${port} is assumed`,
  hint: 'If it is another one, say --port <number>, and --port 0 for none.',
  ...(listens && { place: { file: listens.file, ...(listens.line !== undefined && { line: listens.line }) } }),
});
