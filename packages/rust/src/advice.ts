import type { FoundPort, Note, Place } from '@msb/core';
import { type Code, searchCode } from './code.ts';
import type { Framework } from './frameworks.ts';
import { loopbackHost as local } from './hosts.ts';
import type { Sources } from './sources.ts';

/** What a field is called that a program listens on, after the attributes that are between it and its default. */
const listenedOn = String.raw`[^\n]*(?:\n(?!\s*(?:pub\s+)?\w+\s*:(?!:))[^\n]*)*\n\s*(?:pub\s+)?(?:(?:server|http|bind|listen)_?)?(?:host|addr|bind|listen|interface|ip)\w*\s*:(?!:)`;

/** Addresses on which nothing outside of the container reaches the program. Port 0 is a test's. */
const loopback = [
  new RegExp(String.raw`\b(?:bind\w*|listen|https?|serve|run)\s*\(\s*&?(?:format!\(\s*)?"${local}:(?!0")[^"]*"`),
  /\b(?:bind\w*|run|serve)\s*\(\s*\(\s*(?:"127\.0\.0\.1"|"localhost"|\[127, *0, *0, *1\])/,
  /\bSocketAddr(?:V[46])?::(?:new|from)\s*\(\s*\(?\s*(?:\[127, *0, *0, *1\]|Ipv[46]Addr::LOCALHOST)/,
  new RegExp(String.raw`\bdefault_value(?:_t)?\s*=\s*"${local}(?::\d+)?"${listenedOn}`),
  // a default in the settings of a server: `host: "127.0.0.1".to_string(), port: 3000`
  new RegExp(
    String.raw`\b(?:\w+_)?(?:host|address|addr|bind|listen|ip)\s*:\s*"${local}"\s*(?:\.\w+\(\))?,\s*(?:\w+_)?port\s*:(?!\s*(?:5432|6379|3306|27017|25|465|587)\b)`,
  ),
  new RegExp(String.raw`\blet\s+(?:mut\s+)?(?:addr|address|host|bind|listen)\w*\s*(?::[^=]+)?=\s*"${local}(?::\d+)?"`),
];

/** Where the program listens on loopback: the line says so, or the one that its port is from. */
export function loopbackNotes(all: readonly Code[], port?: FoundPort): readonly Note[] {
  const hit = searchCode(all, loopback) ?? onLoopback(all, port);
  if (!hit) return [];
  return [
    {
      message: 'The program listens on loopback here, where nothing outside of its container reaches it',
      hint: 'Let it listen on 0.0.0.0, or on an address that a flag or variable sets.',
      place: hit.place,
    },
  ];
}

/** The line that names the port, where it names loopback with it. */
function onLoopback(all: readonly Code[], port: FoundPort | undefined): { readonly place: Place } | undefined {
  const line = all.find(({ file }) => file === port?.file)?.text.split('\n')[(port?.line ?? 0) - 1] ?? '';
  if (port === undefined || !new RegExp(`"${local}:${port.port}"`).test(line)) return undefined;
  return { place: { file: port.file, line: port.line } };
}

const terminates = [/\bSignalKind::terminate\b/, /\bSIGTERM\b/, /\bTERM_SIGNALS\b/, /\bSignal::Term\b/];
const interrupts = [/\bsignal::ctrl_c\b/, /\bctrl_c\(\)/, /\bctrlc::(?:try_)?set_handler\b/, /\bSIGINT\b/];

/**
 * The kernel gives the first process of a container no default action: without a handler SIGTERM does nothing. No note
 * means that the program ends by itself.
 */
export function signalNotes(
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
