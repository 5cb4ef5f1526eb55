import { join, MsbError, type Note, type Place, pathWord } from '@msb/core';
import { importRoots, moduleFile, reachableFiles } from '../imports.ts';
import { isInstalled } from '../layout.ts';
import { venv } from '../package-managers/manager.ts';
import { namedPort } from './address.ts';
import type { Candidate, StartContext } from './candidate.ts';
import { type Server, servers, workers } from './servers.ts';
import { type Command, portMark, readCommand, unwrapped } from './words.ts';

/** How the program is started in its image. */
export interface Start {
  readonly candidate: Candidate;
  /** The command; a word may hold the mark of the port. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The server that it starts, if it is a known one. */
  readonly server: Server | undefined;
  /** Whether it is a known program that ends on SIGTERM. */
  readonly stops: boolean;
  /** The folder of the project that it is started in; where it is installed, that is the same everywhere. */
  readonly folder: string;
  /** Whether it runs from the sources, and not only from what is installed. */
  readonly sources: boolean;
  /** The module that it loads, as far as that is known: `shop.main`. */
  readonly module: string | undefined;
  /** The file that it begins with, as far as that is known, and all that this one imports. */
  readonly files: readonly string[];
  /** What it needs that only images with a shell have. */
  readonly shell: { readonly what: string; readonly place: Place } | undefined;
  readonly port: number | undefined;
  readonly notes: readonly Note[];
}

/** Understands a command. Throws `unsupported` for one that a shell would be needed for, or whose program is missing. */
export function readStart(context: StartContext, candidate: Candidate): Start {
  const { project, layout, packages, complete } = context;
  const { text, place, folder } = candidate;
  const command = readCommand(text);
  const plain = unwrapped(command.words);
  const words = /^(?:\.\/)?manage\.py$/.test(plain[0] ?? '') ? ['python', 'manage.py', ...plain.slice(1)] : plain;
  const [program = ''] = words;
  if (command.needsShell !== undefined || program === '') throw notPlain(command, candidate);
  const server = serverOf(words);
  const missing = missingPackage(server, words, context);
  if (missing !== undefined && complete) throw notInstalled(program, missing, place);
  const module = moduleOf(words, server);
  const roots = importRoots(layout, folder);
  const file = module && moduleFile(project, module, roots);
  const isScript =
    !/[/.]/.test(program) && !/^python[\d.]*$/.test(program) && server === undefined && workers[program] === undefined;
  const sources = !(
    layout.installed && (file !== undefined ? isInstalled(layout, file) : isScript || knownModule(words))
  );
  const script = words
    .slice(1)
    .map((word) => join(folder, word))
    .find((word) => word.endsWith('.py') && project.has(word));
  const target = candidate.module && moduleFile(project, candidate.module, roots);
  const entry = file ?? script ?? target;
  const shell = /^(?:ba|da)?sh$/.test(program) || program.endsWith('.sh');
  return {
    candidate,
    words,
    env: command.env,
    server,
    stops: server?.stops === true || workers[program] !== undefined,
    folder: sources ? folder : '',
    sources,
    module,
    files: entry === undefined ? [] : reachableFiles(project, entry, roots),
    shell: shell ? { what: text, place } : undefined,
    port: command.port ?? (server && namedPort(server, words)),
    notes: [
      ...before(command, place),
      ...(project.has('Procfile') || !server?.development ? [] : [development(server, place)]),
      ...(packages.size > 0 && missing !== undefined && !complete ? [perhapsMissing(program, missing, place)] : []),
    ],
  };
}

const serverOf = (words: readonly string[]): Server | undefined => {
  const [program, verb] = words[1] === '-m' ? words.slice(2) : words;
  return servers.find(
    (server) =>
      server.program === program && (server.verb === undefined || words.includes(server.verb) || verb === server.verb),
  );
};

/** The package of a known program that is not among the dependencies. */
function missingPackage(
  server: Server | undefined,
  words: readonly string[],
  { packages }: StartContext,
): string | undefined {
  const needed = server?.package ?? workers[words[1] === '-m' ? (words[2] ?? '') : (words[0] ?? '')];
  return needed === undefined || packages.has(needed) ? undefined : needed;
}

/** `shop.main` of `uvicorn shop.main:app` and `python -m shop.main`. */
function moduleOf(words: readonly string[], server: Server | undefined): string | undefined {
  if (words[1] === '-m' && server === undefined) return words[2];
  const target = words.slice(1).find((word) => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*(\(.*\))?$/.test(word));
  if (target !== undefined) return target.split(':')[0];
  return server?.program === 'gunicorn'
    ? words.slice(1).find((word) => /^[A-Za-z_]\w*(\.\w+)+$/.test(word) && !/\.(py|conf|sock)$/.test(word))
    : undefined;
}

/** A module of a dependency, which is installed, too. */
const knownModule = (words: readonly string[]): boolean => words[1] === '-m';

/** The program with its full path, as nothing looks it up: those of the environment, a file of the project, or one of the image. */
export function programPath(program: string, workdir: string): string {
  if (program.startsWith('/')) return program;
  if (/^(?:ba|da)?sh$/.test(program)) return `/bin/${program}`;
  if (program.includes('/')) return `${workdir}/${pathWord(program.replace(/^\.\//, ''), 'The program')}`;
  return `${venv}/bin/${/^python[\d.]*$/.test(program) ? 'python' : pathWord(program, 'The program')}`;
}

/** The words with the port in the place of its mark. */
export const withPort = (words: readonly string[], port: number): readonly string[] =>
  words.map((word) => word.replaceAll(portMark, String(port)));

const notPlain = ({ needsShell }: Command, { text, place }: Candidate): MsbError =>
  new MsbError(
    'unsupported',
    `The start command needs a shell${needsShell === undefined ? '' : ` for ${JSON.stringify(needsShell)}`}: ${JSON.stringify(text.slice(0, 80))}`,
    'Say what starts the program alone, such as --start "gunicorn shop.wsgi"; steps before it belong to a release.',
    place,
  );

const notInstalled = (program: string, missing: string, place: Place): MsbError =>
  new MsbError(
    'unsupported',
    `The program is started with ${program}, and ${missing} is not among the dependencies of production`,
    `Add ${missing} to them, or say another command with --start.`,
    place,
  );

const perhapsMissing = (program: string, missing: string, place: Place): Note => ({
  message: `The program is started with ${program}, and nothing names ${missing}, which has it`,
  hint: `Add ${missing} to the dependencies, unless another one brings it.`,
  place,
});

const development = ({ program }: Server, place: Place): Note => ({
  message: `${program} serves with its development server here, which is not made for production`,
  hint: 'Add gunicorn to the dependencies.',
  place,
});

const before = ({ before: steps }: Command, place: Place): readonly Note[] =>
  steps.length === 0
    ? []
    : [
        {
          message: `The container does not run ${steps.join(' && ').slice(0, 120)} before it starts`,
          hint: 'Run it as a step of a release, with the same image: docker run … before the containers are replaced.',
          place,
        },
      ];
