import { get } from 'node:http';
import { connect } from 'node:net';

/** Where a container's port is reached from here. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What one try at a port came to; `undefined` when nothing is there yet. */
export type Answer = { readonly status: number } | 'listens' | undefined;

/** How long a server may think about one request, and how long a connection stays open that somebody holds. */
const patience = 5_000;
const held = 400;

/**
 * Tries a port once, by HTTP. Engines forward ports by a proxy that takes every connection and closes it at once when
 * nothing is behind it, so that only an answer of any kind, or a connection that stays open, proves a listener.
 */
export function tryPort({ host, port }: Address, path: string): Promise<Answer> {
  return new Promise((resolve) => {
    const request = get({ host, port, path, agent: false, timeout: patience }, (response) => {
      resolve({ status: response.statusCode ?? 0 });
      response.destroy();
    });
    request.on('timeout', () => {
      request.destroy();
      resolve('listens');
    });
    request.on('error', (error) => {
      // A parse error is an answer, in another protocol.
      if ('code' in error && String(error.code).startsWith('HPE_')) resolve('listens');
      else resolve(staysOpen({ host, port }));
    });
  });
}

/** Servers that hang up on HTTP, such as Redis, hold a connection on which nobody says a word. */
function staysOpen({ host, port }: Address): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(socket.connecting ? undefined : 'listens'), held);
    socket.on('data', () => end('listens')); // it speaks first, as SMTP does
    socket.on('error', () => end(undefined));
    socket.on('close', () => end(undefined));
  });
}
