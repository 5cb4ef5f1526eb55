import { exposedPort, type FoundPort, findPort, join, type Project } from '@msb/core';
import { ownSources } from '../sources.ts';
import { flagValue } from '../start/address.ts';
import type { Start } from '../start/start.ts';

/** Lines that name the port a program listens on by itself, the surest first. */
const idioms: readonly RegExp[] = [
  /\b(?:uvicorn|web|app|server|application|demo|hypercorn)\.(?:run|run_app|launch|listen)\(.*?\b(?:server_)?port\s*=\s*(\d{2,5})/,
  /\b(?:run_app|serve|make_server|HTTPServer|TCPServer|run_simple|listen|start_server|create_server)\(.*?\b(\d{4,5})\b/,
  /environ(?:\.get)?[([]\s*["'](?:\w+_)?PORT["']\s*,\s*(?:default\s*=\s*)?["']?(\d{2,5})/,
  /getenv\(\s*["'](?:\w+_)?PORT["']\s*,\s*["']?(\d{2,5})/,
  /^\s*(?:\w+_)?(?:PORT|port)\s*(?::\s*int\s*)?=\s*(?:int\()?["']?(\d{4,5})\b/,
  /^\s*port\s*=\s*(\d{2,5})\s*,?\s*\)?$/,
];

/** Ports of what programs are clients of. */
const others = new Set([25, 465, 587, 1433, 3306, 5432, 5672, 6379, 9042, 9092, 9200, 11211, 27017]);

/** The port that the sources name; that of a database is none. */
export function portInSources(project: Project, all: readonly string[]): FoundPort | undefined {
  const files = all.filter((file) => !/settings|database|(^|\/)db/.test(file));
  const found = findPort(project, files, idioms);
  return found && !others.has(found.port) ? found : undefined;
}

/** How a server's own configuration tells where to listen; group 1 is the port, where it is a number. */
const bindings: Readonly<Record<string, readonly RegExp[]>> = {
  gunicorn: [/^\s*bind\s*=.*?[:"'](\d{2,5})\b/, /^\s*bind\s*=.*?(\d{4,5})/, /^\s*bind\s*=/],
  uwsgi: [/^\s*(?:http|http-socket|socket)\s*=.*:(\d{2,5})\s*$/, /^\s*(?:http|http-socket|socket)\s*=/],
};

/** The port in the configuration that a server reads by itself, or that its command names. */
export function portInConfig(project: Project, start: Start): FoundPort | undefined {
  const file = configFile(start);
  return file === undefined ? undefined : findPort(project, [file], bindings[start.server?.program ?? ''] ?? []);
}

/** Whether its own configuration tells a server where to listen. */
export function bindsInConfig(project: Project, start: Start): boolean {
  const file = configFile(start);
  return file !== undefined && project.search([file], bindings[start.server?.program ?? ''] ?? []) !== undefined;
}

/** https://docs.gunicorn.org/en/stable/configure.html; uWSGI has no file of its own accord. */
function configFile({ server, words, folder }: Start): string | undefined {
  const named = flagValue(words, server?.program === 'gunicorn' ? ['-c', '--config'] : ['--ini', '-i']);
  if (server?.program === 'gunicorn')
    return join(folder, (named ?? 'gunicorn.conf.py').replace(/^(?:python:|file:)/, ''));
  if (server?.program !== 'uwsgi') return undefined;
  const file = named ?? words.find((word) => word.endsWith('.ini'));
  return file === undefined ? undefined : join(folder, file);
}

/** The port that somebody's Dockerfile exposes. */
export const portInDockerfile = (project: Project): FoundPort | undefined => exposedPort(project);

/** Whether sources take the port from the variable that platforms set. */
export const readsPort = (project: Project): boolean =>
  project.search(
    [...ownSources(project), ...project.sources().filter((file) => /gunicorn[\w.]*\.py$|uwsgi\.ini$/.test(file))],
    [/(?:environ(?:\.get)?[([]|getenv\(|\benv(?:\.\w+)?\(|\bconfig\()\s*["']PORT["']|\$\(PORT\)/],
  ) !== undefined;
