import { MsbError, type Place, shellWord } from '@msb/core';
import type { StartContext } from '../start/candidate.ts';
import { type Interface, type Server, servers } from '../start/servers.ts';

/** The server among the dependencies that speaks what an application does; the order of the rows decides. */
export const serverFor = ({ packages }: StartContext, speaks: Interface): Server | undefined =>
  servers.find((server) => server.speaks.includes(speaks) && packages.has(server.package));

/** What people are told to add. */
const advised: Readonly<Record<Interface, string>> = { asgi: 'uvicorn', wsgi: 'gunicorn' };

/** The error for an application that nothing can serve. `development` is what people start it with at home. */
export function noServer(title: string, speaks: Interface, place: Place, development: string): MsbError {
  const known = servers.filter((server) => server.speaks.includes(speaks)).map((server) => server.package);
  return new MsbError(
    'unsupported',
    `${title} needs a server, and the dependencies of production have none`,
    `Add one of ${known.join(', ')}, such as ${advised[speaks]}; or say --start ${shellWord(development)}, which is for development.`,
    place,
  );
}

/** `uvicorn shop.main:app`. */
export const serverCommand = ({ program, target }: Server, application: string, factory: boolean): string =>
  [program, ...(target?.(application, factory) ?? [])].map((word) => shellWord(word)).join(' ');
