/** What a server speaks with the application. */
export type Interface = 'asgi' | 'wsgi';

/** How a server is told where to listen: two flags, or one with both. */
export type Address =
  | { readonly kind: 'pair'; readonly host: readonly string[]; readonly port: readonly string[] }
  | { readonly kind: 'bind'; readonly flags: readonly string[] };

/** A program that serves. */
export interface Server {
  /** What it is started by. */
  readonly program: string;
  /** The package that has it. */
  readonly package: string;
  readonly speaks: readonly Interface[];
  /** Words behind the program that belong to it: `run`. */
  readonly verb?: string;
  readonly address: Address;
  /** Whether it ends on SIGTERM. */
  readonly stops: boolean;
  /** Flags that it is given beside its address. */
  readonly flags?: readonly string[];
  /** What it is started with for an application, or for a function that makes one. */
  readonly target?: (target: string, factory: boolean) => readonly string[];
  /** Whether it is for development only. */
  readonly development?: boolean;
}

const flagged = (target: string, factory: boolean): readonly string[] => (factory ? [target, '--factory'] : [target]);
const called = (target: string, factory: boolean): readonly string[] => [factory ? `${target}()` : target];

/** Servers, the first of those among the dependencies is taken. */
export const servers: readonly Server[] = [
  {
    program: 'gunicorn',
    package: 'gunicorn',
    speaks: ['wsgi'],
    address: { kind: 'bind', flags: ['--bind', '-b'] },
    // its heartbeat must not wait for a disk (https://docs.gunicorn.org/en/stable/faq.html)
    flags: ['--worker-tmp-dir', '/dev/shm'],
    stops: true,
    target: called,
  },
  {
    program: 'uvicorn',
    package: 'uvicorn',
    speaks: ['asgi'],
    address: { kind: 'pair', host: ['--host'], port: ['--port'] },
    stops: true,
    target: flagged,
  },
  {
    program: 'hypercorn',
    package: 'hypercorn',
    speaks: ['asgi', 'wsgi'],
    address: { kind: 'bind', flags: ['--bind', '-b'] },
    stops: true,
    target: called,
  },
  {
    program: 'granian',
    package: 'granian',
    speaks: ['asgi', 'wsgi'],
    address: { kind: 'pair', host: ['--host'], port: ['--port'] },
    stops: true,
    target: flagged,
  },
  {
    program: 'daphne',
    package: 'daphne',
    speaks: ['asgi'],
    address: { kind: 'pair', host: ['-b', '--bind'], port: ['-p', '--port'] },
    stops: true,
    target: (target) => [target],
  },
  {
    program: 'waitress-serve',
    package: 'waitress',
    speaks: ['wsgi'],
    address: { kind: 'bind', flags: ['--listen'] },
    stops: false,
    target: (target, factory) => (factory ? ['--call', target] : [target]),
  },
  {
    program: 'uwsgi',
    package: 'uwsgi',
    speaks: ['wsgi'],
    address: { kind: 'bind', flags: ['--http', '--http-socket', '--socket', '--uwsgi-socket'] },
    // SIGTERM would make it load the application anew (https://uwsgi-docs.readthedocs.io/en/latest/Management.html)
    flags: ['--die-on-term', '--master'],
    stops: true,
    target: (target) => ['--module', target],
  },
  {
    program: 'fastapi',
    package: 'fastapi-cli',
    speaks: [],
    verb: 'run',
    address: { kind: 'pair', host: ['--host'], port: ['--port'] },
    stops: true,
  },
  {
    program: 'sanic',
    package: 'sanic',
    speaks: [],
    address: { kind: 'pair', host: ['--host', '-H'], port: ['--port', '-p'] },
    stops: true,
  },
  {
    program: 'litestar',
    package: 'litestar',
    speaks: [],
    verb: 'run',
    address: { kind: 'pair', host: ['--host', '-H'], port: ['--port', '-p'] },
    stops: true,
  },
  {
    program: 'streamlit',
    package: 'streamlit',
    speaks: [],
    verb: 'run',
    address: { kind: 'pair', host: ['--server.address'], port: ['--server.port'] },
    flags: ['--server.headless', 'true'],
    stops: true,
  },
  {
    program: 'flask',
    package: 'flask',
    speaks: [],
    verb: 'run',
    address: { kind: 'pair', host: ['--host', '-h'], port: ['--port', '-p'] },
    stops: true,
    development: true,
  },
];

/** Programs that serve nobody and end on SIGTERM, by the package that has them. */
export const workers: Readonly<Record<string, string>> = {
  celery: 'celery',
  dramatiq: 'dramatiq',
  rq: 'rq',
  huey_consumer: 'huey',
  arq: 'arq',
  taskiq: 'taskiq',
};
