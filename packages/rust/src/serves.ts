import { exposedPort, type FoundPort, findPort, type Note, type Place, type Project } from '@msb/core';
import { type Code, searchCode } from './code.ts';
import { type Framework, findFramework } from './frameworks.ts';
import type { Sources } from './sources.ts';

/** How a program can be seen to listen. */
const listening = [/\bTcpListener::bind\w*\s*\(/, /\bServer::(?:bind|builder|http)\s*\(/, /\bHttpServer::new\s*\(/];

/** A host and a port in a text, and the hosts that only the container itself reaches. */
const local = String.raw`(?:127\.0\.0\.1|localhost|\[::1\])`;
const host = String.raw`(?:0\.0\.0\.0|\[::\]|${local})`;

/** Where sources name the port, the surest first. */
const ports = [
  /\b(?:bind\w*|listen|https?|serve|run)\s*\(\s*&?(?:format!\()?"[^"\s:]*(?:\[[^"\]]*\])?:(\d{2,5})"/,
  /\b(?:bind\w*|listen|serve|run)\s*\(\s*\(\s*[^()]*,\s*(\d{2,5})\s*\)/,
  /\(\s*\[[\d\s,]+\]\s*,\s*(\d{2,5})\s*\)/,
  /\bSocketAddr(?:V[46])?::new\s*\([^;]*?,\s*(\d{2,5})\s*[,)]/,
  /\bdefault_value(?:_t)?\s*=\s*"?(\d{2,5})(?:_?u16)?"?[^\]]*\]\s*(?:pub(?:\([^)]*\))?\s+)?\w*port\w*\s*:/i,
  /\blong\s*=\s*"(?:[\w-]+-)?port"[^\]]*?\bdefault_value(?:_t)?\s*=\s*"?(\d{2,5})/,
  /\b(?:Arg::\w+|long)\(\s*"[\w-]*port"\s*\)[^;]*?\bdefault_value\(\s*"(\d{2,5})"/,
  new RegExp(String.raw`"${host}:(\d{2,5})"`),
  /\b(?:const|static)\s+\w*PORT\w*\s*:\s*\w+\s*=\s*(\d{2,5})\b/,
  /"\w*PORT\w*"\s*\)[^;]{0,200}?\b(?:unwrap_or\w*|map_or\w*|or_else)\s*\([^;\d]{0,80}"?(\d{2,5})\b/,
  /\bfn\s+\w*port\w*\s*\(\)\s*->\s*u16\s*\{\s*(\d{2,5})\s*\}/,
  /\b\w*port\w*\s*(?::\s*u16\s*)?[:=]\s*(\d{4,5})\b/,
];

/** Addresses on which nothing outside of the container reaches the program. Port 0 is a test's. */
const loopback = [
  new RegExp(String.raw`\b(?:bind\w*|listen|https?|serve|run)\s*\(\s*&?(?:format!\(\s*)?"${local}:(?!0")[^"]*"`),
  /\b(?:bind\w*|run|serve)\s*\(\s*\(\s*(?:"127\.0\.0\.1"|"localhost"|\[127, *0, *0, *1\])/,
  /\bSocketAddr(?:V[46])?::(?:new|from)\s*\(\s*\(?\s*(?:\[127, *0, *0, *1\]|Ipv[46]Addr::LOCALHOST)/,
  new RegExp(String.raw`\bdefault_value(?:_t)?\s*=\s*"${local}(?::\d+)?"`),
  new RegExp(String.raw`\blet\s+(?:mut\s+)?(?:addr|address|host|bind|listen)\w*\s*(?::[^=]+)?=\s*"${local}(?::\d+)?"`),
];

const settings =
  /(^|\/)((config|configuration|settings)\/(default|base|config|settings)|config|settings)\.(toml|ya?ml)$/i;
const databases = new Set([1433, 3306, 5432, 5672, 6379, 9042, 9092, 27017]);

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
  const port = groups.map(portIn).find((found) => found) ?? configuredPort(project) ?? exposedPort(project);
  return { serves: true, port, framework, notes: [...loopbackNotes(all), ...signalNotes(sources, all, framework)] };
}

function portIn(code: readonly Code[]): FoundPort | undefined {
  for (const pattern of ports) {
    const hit = searchCode(code, [pattern]);
    const port = Number(hit?.match[1]);
    if (hit && port > 0 && port < 65536) return { port, ...hit.place };
  }
  return undefined;
}

/** The port in Rocket.toml or in a configuration file of the usual names; one of a database is none. */
function configuredPort(project: Project): FoundPort | undefined {
  const files = project.sources().filter((path) => path === 'Rocket.toml' || settings.test(path));
  const found = findPort(project, files, [/^\s*"?(?:http_|server_)?port"?\s*[:=]\s*"?(\d{2,5})\b/i]);
  return found && !databases.has(found.port) ? found : undefined;
}

function loopbackNotes(all: readonly Code[]): readonly Note[] {
  const hit = searchCode(all, loopback);
  if (!hit) return [];
  return [
    {
      message: 'The program listens on loopback here, where nothing outside of its container reaches it',
      hint: 'Let it listen on 0.0.0.0, or on an address that a flag or variable sets.',
      place: hit.place,
    },
  ];
}

const terminates = [/\bSignalKind::terminate\b/, /\bSIGTERM\b/, /\bTERM_SIGNALS\b/, /\bSignal::Term\b/];
const interrupts = [/\bsignal::ctrl_c\b/, /\bctrl_c\(\)/, /\bctrlc::(?:try_)?set_handler\b/, /\bSIGINT\b/];

/** The kernel gives the first process of a container no default action: without a handler SIGTERM does nothing. */
function signalNotes(
  { own, packages }: Sources,
  all: readonly Code[],
  framework: Framework | undefined,
): readonly Note[] {
  const termination = packages.some(({ cargo }) => /^\s*ctrlc\b.*\btermination\b/m.test(cargo.text));
  if (framework?.stops || termination || searchCode(all, terminates)) return [];
  const interrupt = searchCode(all, interrupts);
  const place: Place | undefined = interrupt?.place ?? own.map(({ file }) => ({ file }))[0];
  return [
    {
      message: interrupt
        ? 'The program ends on SIGINT, but docker stop sends SIGTERM, which it ignores as first process of a container'
        : 'The program handles no SIGTERM, so docker stop has to wait and kill it',
      hint: `Handle SIGTERM, in Tokio by signal(SignalKind::terminate()), or start it with docker run ${interrupt ? '--stop-signal SIGINT' : '--init'}.`,
      ...(place && { place }),
    },
  ];
}
