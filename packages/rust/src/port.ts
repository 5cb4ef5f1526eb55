import { exposedPort, type FoundPort, findPort, type Project } from '@msb/core';
import { type Code, matchesIn } from './code.ts';
import { anyHost } from './hosts.ts';

/** Where sources name the port, the surest first. */
const ports = [
  /\b(?:bind\w*|listen|https?|serve|run)\s*\(\s*&?(?:format!\()?"[^"\s:]*(?:\[[^"\]]*\])?:(\d{2,5})"/,
  /\b(?:bind\w*|listen|serve|run)\s*\(\s*\(\s*[^()]*,\s*(\d{2,5})\s*\)/,
  /\(\s*\[[\d\s,]+\]\s*,\s*(\d{2,5})\s*\)/,
  /\bSocketAddr(?:V[46])?::new\s*\([^;]*?,\s*(\d{2,5})\s*[,)]/,
  /\bdefault(?:_value(?:_t)?)?\s*=\s*"?(\d{2,5})(?:_?u16)?"?[^\]]*\]\s*(?:pub(?:\([^)]*\))?\s+)?(?:\w+_)?port\s*:/i,
  /\blong\s*=\s*"(?:[\w-]+-)?port"[^\]]*?\bdefault_value(?:_t)?\s*=\s*"?(\d{2,5})/,
  /\b(?:Arg::\w+|long)\(\s*"[\w-]*port"\s*\)[^;]*?\bdefault_value\(\s*"(\d{2,5})"/,
  new RegExp(String.raw`"${anyHost}:(\d{2,5})"`),
  /\b(?:const|static)\s+(?:\w+_)?PORT(?:_\w+)?\s*:\s*\w+\s*=\s*(\d{2,5})\b/,
  /"(?:\w+_)?PORT"\s*\)[^;]{0,200}?\b(?:unwrap_or\w*|map_or\w*|or_else)\s*\([^;\d]{0,80}"?(\d{2,5})\b/,
  /\bfn\s+(?:\w+_)?port(?:_\w+)?\s*\(\)\s*->\s*u16\s*\{\s*(\d{2,5})\s*\}/,
  /\b(?:\w+_)?port\s*(?::\s*u16\s*)?[:=]\s*(\d{4,5})\b/,
];

/** The name of a port that nobody listens on: an end of a range, or another machine's. */
const otherPort = /(?:^|[^a-z])(?:min|max|first|last|start|end|remote)(?:imum)?[_-]port\b/i;

const settings =
  /(^|\/)((config|configuration|settings)\/(default|base|config|settings)|config|settings)\.(toml|ya?ml)$/i;
/** Ports of mail servers, which a program is a client of. */
const mail = new Set([25, 465, 587]);
const databases = new Set([1433, 3306, 5432, 5672, 6379, 9042, 9092, 27017]);

/**
 * The port that a program listens on: from its sources, nearest first, else from a configuration file, else from the
 * Dockerfile that somebody wrote.
 */
export const findRustPort = (project: Project, groups: readonly (readonly Code[])[]): FoundPort | undefined =>
  groups.map(portIn).find((found) => found) ?? configuredPort(project) ?? exposedPort(project);

function portIn(code: readonly Code[]): FoundPort | undefined {
  for (const pattern of ports) {
    for (const { match, place } of matchesIn(code, pattern)) {
      const port = Number(match[1]);
      if (port > 0 && port < 65536 && !mail.has(port) && !otherPort.test(match[0])) return { port, ...place };
    }
  }
  return undefined;
}

/** The port in Rocket.toml or in a configuration file of the usual names; one of a database is none. */
function configuredPort(project: Project): FoundPort | undefined {
  const files = project.sources().filter((path) => path === 'Rocket.toml' || settings.test(path));
  const found = findPort(project, files, [/^\s*"?(?:http_|server_)?port"?\s*[:=]\s*"?(\d{2,5})\b/i]);
  return found && !databases.has(found.port) ? found : undefined;
}
