import type { FoundPort, Note, Place, Project } from '@msb/core';
import { ownSources } from '../sources.ts';
import { missingAddress } from '../start/address.ts';
import type { Start } from '../start/start.ts';
import { bindsInConfig, portInConfig, portInDockerfile, portInSources, readsPort } from './port.ts';

/** What a program is to others: whether it listens, where, and how it ends. */
export interface Service {
  readonly serves: boolean;
  readonly port: FoundPort | undefined;
  /** Where it listens, while nothing names its port. */
  readonly listens: Place | undefined;
  /** Whether it takes the port from PORT. */
  readonly variable: boolean;
  readonly needsInit: boolean;
  readonly notes: readonly Note[];
}

/** Lines by which a script serves on its own. */
const serving: readonly RegExp[] = [
  /\buvicorn\.run\(/,
  /\brun_app\(/,
  /\bserve_forever\(/,
  /\brun_simple\(/,
  /\b(?:app|application|server|bottle)\.run(?:_server)?\(/,
  /\b(?:demo|app|iface|interface)\.launch\(/,
  /\bserve\(\s*app\b/,
  /\bapp\.listen\(|\bHTTPServer\(/,
  /\bstart_server\(/,
];

/** Lines by which a program goes on until it is told to end. */
const lasting: readonly RegExp[] = [
  /^\s*while\s+(?:True|1)\s*:/,
  /\brun_forever\(/,
  /\brun_pending\(/,
  /\bBlockingScheduler\(/,
  /\bstart_polling\(/,
  /\.infinity_polling\(/,
];

/** Those of a script that end on SIGTERM by themselves. */
const ending: readonly RegExp[] = [
  /\bSIGTERM\b/,
  /\badd_signal_handler\(/,
  /\buvicorn\.run\(|\bhypercorn\b.*\bserve\(/,
  /\bweb\.run_app\(/,
  /\bstart_polling\(|\brun_polling\(/,
];

const loopback: readonly RegExp[] = [
  /\b(?:uvicorn\.run|run_app|app\.run|run_simple|launch|serve)\(.*["'](?:127\.0\.0\.1|localhost)["']/,
  /^\s*(?:host|HOST)\s*(?::\s*str\s*)?=\s*["'](?:127\.0\.0\.1|localhost)["']/,
  /\b(?:HTTPServer|TCPServer)\(\(\s*["'](?:127\.0\.0\.1|localhost)["']/,
];

/** Calls that listen on loopback unless they are told otherwise. */
const loopbackByDefault = /\b(?:uvicorn\.run|app\.run)\((?!.*\bhost\b)(?!.*0\.0\.0\.0)[^)]*\)/;

/** What a started program is to others. */
export function readService(project: Project, start: Start): Service {
  // without an entry point, anything may be part of the program
  const files = start.files.length > 0 ? start.files : ownSources(project);
  const [entry = ''] = start.files;
  const hit = start.server === undefined && !start.stops ? project.search(files, serving) : undefined;
  const listens = hit && { file: hit.file, line: hit.line };
  const serves = start.server !== undefined || hit !== undefined;
  const named: FoundPort | undefined =
    start.port === undefined
      ? undefined
      : { port: start.port, file: start.candidate.place.file, line: start.candidate.place.line ?? 1 };
  const port =
    named ??
    portInConfig(project, start) ??
    (serves ? (portInSources(project, files) ?? portInDockerfile(project)) : undefined);
  const goesOn = serves || project.search([entry], lasting) !== undefined;
  const stops = start.stops || project.search(files, ending) !== undefined;
  return {
    serves,
    port: serves ? port : undefined,
    listens,
    variable: serves && readsPort(project),
    needsInit: goesOn && !stops,
    notes: [
      ...(hit ? addressNotes(project, files) : []),
      ...(goesOn && !stops ? [signalNote(project, start, files)] : []),
    ],
  };
}

function addressNotes(project: Project, files: readonly string[]): readonly Note[] {
  const hit = project.search(files, loopback) ?? project.search(files, [loopbackByDefault]);
  if (hit === undefined) return [];
  return [
    {
      message: 'The program listens on loopback here, where nothing outside of its container reaches it',
      hint: "Let it listen on every address: host='0.0.0.0'.",
      place: { file: hit.file, line: hit.line },
    },
  ];
}

/** The kernel gives the first process of a container no default action for a signal. */
function signalNote(project: Project, { candidate }: Start, files: readonly string[]): Note {
  const hit = project.search(files, [...serving, ...lasting]);
  return {
    message: 'Nothing handles SIGTERM, which process 1 of a container ignores then: stopping takes until it is killed',
    hint: 'Add signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)), or start it with docker run --init.',
    place: hit ? { file: hit.file, line: hit.line } : candidate.place,
  };
}

/** Celery's beat keeps its state in a file, which it would lay beside the program. */
const withSchedule = (words: readonly string[]): readonly string[] =>
  words[0] === 'celery' &&
  words.some((word) => /^(?:beat|-B|--beat)$/.test(word)) &&
  !words.some((word) => /^(?:-s|--schedule)(?:=|$)/.test(word))
    ? [...words, '--schedule', '/tmp/celerybeat-schedule']
    : words;

/** The command with an address that others reach, where neither it nor its configuration has one. */
export function listeningWords(project: Project, start: Start, port: number): readonly string[] {
  const { server } = start;
  const words = withSchedule(start.words);
  if (server === undefined) return words;
  const address = bindsInConfig(project, start) ? [] : missingAddress(server, words, port);
  const flags = server.flags ?? [];
  const more = flags[0] !== undefined && !words.some((word) => word.startsWith(flags[0] ?? '')) ? flags : [];
  return [...words, ...address, ...more];
}
