import type { Interface } from '../start/servers.ts';

/** A framework whose applications are objects that a server is told of by name. */
export interface Framework {
  readonly title: string;
  readonly package: string;
  readonly speaks: Interface;
  /** What makes the object: the class, as it is called. */
  readonly makes: string;
}

/** The frameworks; one that is built on another comes before it. */
export const frameworks: readonly Framework[] = [
  { title: 'FastAPI', package: 'fastapi', speaks: 'asgi', makes: 'FastAPI' },
  { title: 'FastHTML', package: 'python-fasthtml', speaks: 'asgi', makes: '(?:FastHTML(?:WithLiveReload)?|fast_app)' },
  { title: 'Litestar', package: 'litestar', speaks: 'asgi', makes: 'Litestar' },
  { title: 'Quart', package: 'quart', speaks: 'asgi', makes: 'Quart' },
  { title: 'BlackSheep', package: 'blacksheep', speaks: 'asgi', makes: 'Application' },
  { title: 'Connexion', package: 'connexion', speaks: 'asgi', makes: '(?:Async|Flask)App' },
  { title: 'Starlette', package: 'starlette', speaks: 'asgi', makes: 'Starlette' },
  { title: 'Flask', package: 'flask', speaks: 'wsgi', makes: '(?:Flask|APIFlask|OpenAPI)' },
  { title: 'Falcon', package: 'falcon', speaks: 'wsgi', makes: '(?:App|API)' },
  { title: 'Bottle', package: 'bottle', speaks: 'wsgi', makes: '(?:Bottle|default_app)' },
  { title: 'Pyramid', package: 'pyramid', speaks: 'wsgi', makes: 'make_wsgi_app' },
];
