import type { Note, Project } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import { placeOf, type Service } from './service.ts';
import { writesNotes } from './writes.ts';

/** Packages that handle SIGTERM for the program that uses them; stoppable and http-terminator only help one that does. */
const shutdownModules = [
  '@godaddy/terminus',
  'async-exit-hook',
  'close-with-grace',
  'exit-hook',
  'fastify-graceful-shutdown',
  'http-graceful-shutdown',
  'lightship',
];
const used = shutdownModules.map(
  (name) => new RegExp(String.raw`(?:\bfrom|\bimport|\brequire\()\s*\(?['"]${name}['"]`),
);

/** Programs that start others, and end them on SIGTERM. */
const starters = ['fastify-cli', 'next', 'pm2'];

const handler = [/['"`]SIG(?:TERM|INT)['"`]/, /\benableShutdownHooks\(/];
const loopback =
  /\.listen\([^)]*['"`](?:127\.0\.0\.1|localhost|::1)['"`]|\blisten\(\s*\{[^}]*\bhost:\s*['"`](?:127\.0\.0\.1|localhost)/;
const anyAddress = /0\.0\.0\.0|['"`]::['"`]|\bHOST(?:NAME)?\b|\bhost\b/;

/** What a program should fix to be at home in a container; `placed` tells that what it writes has a place already. */
export function advice(
  project: Project,
  manifest: PackageJson,
  files: readonly string[],
  service: Service,
  placed = false,
): readonly Note[] {
  if (!service.serves) return [];
  return [
    ...addressNotes(project, manifest, files, service),
    ...signalNotes(project, manifest, files),
    ...(placed ? [] : writesNotes(project, files)),
  ];
}

/** On loopback, nothing outside of the container reaches it; that is what Fastify takes by itself. */
function addressNotes(
  project: Project,
  manifest: PackageJson,
  files: readonly string[],
  service: Service,
): readonly Note[] {
  if (service.hostVariable) return [];
  const local = project.search(files, [loopback]);
  const listens = manifest.production.has('fastify') ? project.search(files, [/\.listen\(/]) : undefined;
  const byDefault = listens && !project.search([listens.file], [anyAddress]) ? listens : undefined;
  const hit = local ?? byDefault;
  if (!hit) return [];
  return [
    {
      message: `The program listens on loopback only${local ? '' : ", Fastify's default"}: nothing outside the container reaches it`,
      hint: "Let it listen on every address: listen({ port, host: '0.0.0.0' }).",
      place: placeOf(hit),
    },
  ];
}

const handlesSignals = (project: Project, manifest: PackageJson, files: readonly string[]): boolean =>
  project.search(files, [...handler, ...used]) !== undefined || starters.some((name) => manifest.production.has(name));

/** Whether SIGTERM does not end a server when it is the first process of a container. */
export const needsInit = (
  project: Project,
  manifest: PackageJson,
  files: readonly string[],
  service: Service,
): boolean => service.serves && !handlesSignals(project, manifest, files);

/** Process 1 gets no default action for a signal: without a handler, stopping takes 10 s and kills. */
function signalNotes(project: Project, manifest: PackageJson, files: readonly string[]): readonly Note[] {
  if (handlesSignals(project, manifest, files)) return [];
  const hit = project.search(files, [/\.listen\(/, /\bcreateServer\(/]);
  const snippet = manifest.production.has('@nestjs/core')
    ? 'Call app.enableShutdownHooks() before app.listen'
    : "Add process.on('SIGTERM', () => server.close(() => process.exit(0)))";
  return [
    {
      message:
        'Nothing handles SIGTERM, which process 1 of a container ignores then: stopping takes until it is killed',
      hint: `${snippet}, or start it with docker run --init.`,
      ...(hit && { place: placeOf(hit) }),
    },
  ];
}
