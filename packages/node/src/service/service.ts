import { exposedPort, type FoundPort, findPort, type Hit, type Place, type Project, textAt } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import type { Start } from '../start/start.ts';

/** Whether the program listens, on which port, and how it gets to know it. */
export interface Service {
  readonly serves: boolean;
  readonly port: FoundPort | undefined;
  /** Where the program reads the variable PORT; the image then sets it. */
  readonly readsPort: Hit | undefined;
  /** Where a variable decides on the address, and loopback is the default. */
  readonly hostVariable: Hit | undefined;
}

const serving = [
  /\bcreate(?:Secure)?Server\(/,
  /\b(?:express|fastify|Fastify|restify\.createServer|polka)\(/,
  /\bnew (?:Koa|Hono|Application|WebSocketServer|ApolloServer)\b/,
  /\bNestFactory\.create(?:<\w+>)?\(/,
  /\.listen\(/,
];

/** Dependencies that are there to serve something. */
const servers =
  'express fastify koa @hapi/hapi @hono/node-server @nestjs/core restify polka next nuxt @react-router/serve'.split(
    ' ',
  );

// Ports of databases and brokers, which a program talks to: never its own.
const own = String.raw`(?!(?:1433|1521|2181|3306|4222|5432|5672|6379|8125|9042|9092|9200|11211|27017)\b)(\d{2,5})`;
const variable = String.raw`(?:\benv(?:ironment)?(?:\.|\[['"])|\b)(?:APP_|HTTP_|SERVER_|API_|NODE_|WEB_)?PORT`;

/** Lines that name the port, the surest first; a comment names none. */
const ports = [
  new RegExp(String.raw`\.listen\(\s*${own}\b`),
  new RegExp(String.raw`\.listen\(\s*\{[^}]*\bport:\s*${own}\b`),
  new RegExp(String.raw`${variable}\b.*?(?:\|\||\?\?|\?.*:)\s*['"\x60]?${own}\b`),
  new RegExp(String.raw`${variable}\b.*?\bdefault(?:\(|:)\s*['"]?${own}\b`),
  new RegExp(
    String.raw`\b(?:(?:DEFAULT|APP|HTTP|SERVER|WEB|API)_)?(?:PORT|port)\b['"]?\s*(?::\s*number\s*)?[:=]\s*(?:Number\(|\+)?['"]?${own}\b`,
  ),
].map(({ source }) => new RegExp(String.raw`^(?!\s*(?:\*|//)).*?(?:${source})`));

const readsPort =
  /\benv(?:\.PORT\b|\[['"]PORT['"]\])|\{[^}]*\bPORT\b[^}]*\}\s*=\s*(?:process\.)?env\b|\bget(?:OrThrow)?(?:<\w+>)?\(['"]PORT['"]/;
const hostVariable = /\benv\.(HOST|HOSTNAME)\b.*?(?:\|\||\?\?)\s*['"](?:localhost|127\.0\.0\.1)['"]/;

/** Looks at the sources, of which those near the entry come first, then at what else names a port. */
export function findService(project: Project, manifest: PackageJson, files: readonly string[], start: Start): Service {
  const serves = looksLikeServer(project, manifest, files);
  if (!serves) return { serves, port: undefined, readsPort: undefined, hostVariable: undefined };
  return {
    serves,
    port:
      setBy(start) ??
      near(project, files) ??
      named(project, manifest, files) ??
      elsewhere(project) ??
      exposedPort(project),
    readsPort: project.search(files, [readsPort]),
    hostVariable: project.search(files, [hostVariable]),
  };
}

/** Whether something in the sources serves, or a dependency is there for it. */
export const looksLikeServer = (project: Project, manifest: PackageJson, files: readonly string[]): boolean =>
  project.search(files, serving) !== undefined || servers.some((name) => manifest.production.has(name));

/** `PORT=8080 node server.js`, or `next start -p 8080` */
function setBy({ env, args, place }: Start): FoundPort | undefined {
  const flag = /(?:^|\0)(?:-p|--port)[=\0](\d+)(?:\0|$)/.exec(args.join('\0'))?.[1];
  const port = Number(flag ?? env.PORT);
  return port > 0 && port < 65536 && place ? { port, file: place.file, line: place.line ?? 1 } : undefined;
}

/** The files around the entry first, then all: a worker's port must not win over the server's. */
function near(project: Project, files: readonly string[]): FoundPort | undefined {
  return findPort(project, files.slice(0, 1), ports) ?? findPort(project, files, ports);
}

/** A variable called like the program itself: `process.env.DOCKGE_PORT || 5001`. */
function named(project: Project, { json }: PackageJson, files: readonly string[]): FoundPort | undefined {
  const name = (textAt(json.value, 'name') ?? '').split('/').at(-1)?.replace(/\W+/g, '_').toUpperCase() ?? '';
  if (!/^[A-Z]\w*$/.test(name)) return undefined;
  const line = String.raw`^(?!\s*(?:\*|//)).*?\benv(?:\.|\[['"])${name}_PORT\b.*?(?:\|\||\?\?|\?.*:)\s*['"\x60]?${own}\b`;
  return findPort(project, files, [new RegExp(line)]);
}

/** Examples of an environment, and settings in JSON. The file .env itself is a secret and not read. */
function elsewhere(project: Project): FoundPort | undefined {
  const examples = ['.env.example', '.env.sample', '.env.template', '.env.dist'];
  const settings = project.list('config').filter((name) => name.endsWith('.json'));
  return (
    findPort(project, examples, [new RegExp(String.raw`^\s*(?:export\s+)?PORT\s*=\s*['"]?${own}`)]) ??
    findPort(
      project,
      settings.map((name) => `config/${name}`),
      [new RegExp(String.raw`"port"\s*:\s*"?${own}\b`)],
    )
  );
}

/** The place of a hit. */
export const placeOf = ({ file, line }: Hit): Place => ({ file, line });
