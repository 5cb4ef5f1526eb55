import { writeFileSync } from 'node:fs';
import { type Inspection, MsbError, placesInImage, propose } from '@msb/core';
import { junit, type Step, stageOf, type Verdict, type VerifyRequest, verify as verifyImage } from '@msb/verify';
import type { Host } from '../cli.ts';
import { paint as makePaint, visible, wantsColour } from '../terminal.ts';
import { type CommandFlag, commonFlags, helpOf, readWords, type Words } from './flags.ts';
import { inspectTarget } from './known.ts';
import { liveLine } from './live.ts';
import { readSettings } from './settings.ts';
import { readSize } from './size.ts';
import { findTarget, type Target } from './target.ts';
import { verdictText } from './verdict-text.ts';

export const verifyFlags: readonly CommandFlag[] = [
  {
    name: 'context',
    value: 'folder',
    about: 'the build context, where it is not the folder that has what the file reads',
  },
  {
    name: 'port',
    value: 'number',
    about: 'what has to answer; 0 for a program that serves nothing (else from EXPOSE)',
  },
  { name: 'path', value: 'path', about: 'what to ask for; then only 2xx and 3xx are an answer' },
  {
    name: 'command',
    value: 'arguments',
    anyValue: true,
    about: 'for tools: run the image with these, and expect exit 0',
  },
  { name: 'env', short: 'e', value: 'NAME=value', many: true, about: 'a variable for the containers; may be repeated' },
  { name: 'max-size', value: 'size', about: 'fail when the image is larger, such as 25MB' },
  { name: 'junit', value: 'file', about: 'write the result as JUnit XML, too' },
  { name: 'engine', value: 'name', about: 'docker, podman, nerdctl or buildah (else the first that works)' },
  { name: 'build-timeout', value: 'seconds', about: 'end a build that takes longer (1800)' },
  { name: 'start-timeout', value: 'seconds', about: 'how long a container may take to answer (15)' },
  ...commonFlags,
];

const help = helpOf(
  'verify [folder or Dockerfile] [flags] [-- arguments of docker build]',
  `Builds the image, runs it locked in (read-only, no capabilities, no new privileges, as its own user and as a random
one), looks into every layer, and reports. Leaves no container and no image behind.
The folder's .msb.json may hold port, path, command and maxSize under "verify".`,
  verifyFlags,
);

/** `create-msb-docker verify`: resolves to the exit code. Throws an `MsbError`. */
export async function verify(args: readonly string[], host: Host): Promise<number> {
  const words = readWords(args, verifyFlags);
  if (words.has('help')) {
    host.stdout.write(help);
    return 0;
  }
  const target = findTarget(words.paths[0] ?? '.', words.text('context'));
  const request = toRequest(words, target, await inspectTarget(target));
  const verdict = await watched(host, words.has('json'), request);
  if (verdict === undefined) {
    host.stderr.write('Interrupted; nothing is left behind.\n');
    return 130;
  }
  const report = words.text('junit');
  if (report !== undefined) writeFileSync(report, junit(verdict, target.shown));
  if (words.has('json')) host.stdout.write(`${JSON.stringify({ file: target.shown, ...verdict }, null, 2)}\n`);
  else host.stdout.write(verdictText(verdict, makePaint(wantsColour(host.stdout, host.env))));
  return verdict.good ? 0 : 5;
}

function toRequest(words: Words, target: Target, inspection: Inspection | undefined): VerifyRequest {
  // What the record says is true of the image that a plain build makes.
  const settings = words.rest.some((word) => /^--target(=|$)/.test(word)) ? {} : readSettings(target);
  const port = words.number('port') ?? (settings.port === undefined ? undefined : Number(settings.port));
  const path = words.text('path') ?? settings.path;
  const command = words.text('command') ?? settings.command;
  const size = words.text('max-size') ?? settings.maxSize;
  const engine = words.text('engine');
  const [, family] = /^# Made by create-msb-docker \(\S+ on (\S+)\)/m.exec(target.text) ?? [];
  if (path !== undefined && !path.startsWith('/')) {
    throw new MsbError('bad-option', '--path must begin with a slash', 'Such as --path /health.');
  }
  return {
    context: target.context,
    file: target.file,
    buildArgs: words.rest,
    env: words.all('env'),
    buildTimeout: words.number('build-timeout') ?? 1800,
    startTimeout: words.number('start-timeout') ?? 15,
    ...(family !== undefined && inspection && expected(words, inspection)),
    init: inspection?.detection.needsInit === true,
    ...(port !== undefined && { port }),
    ...(path !== undefined && { path }),
    ...(command !== undefined && { command: splitCommand(command) }),
    ...(size !== undefined && { maxSize: readSize(size, '--max-size') }),
    ...(engine !== undefined && { engine }),
    ...(family !== undefined && { family }),
  };
}

/** What the program reads and writes, where the image of a plain build has it. */
function expected(words: Words, inspection: Inspection): Pick<VerifyRequest, 'reads' | 'writes'> {
  if (words.rest.some((word) => /^--target(=|$)/.test(word))) return {};
  const { account } = propose(inspection);
  const writes = account.writes.flatMap(({ keep, target }) => (target === undefined ? (keep ?? []) : []));
  return { reads: placesInImage(account, inspection.project), writes: [...new Set(writes)] };
}

/** `--config "a b"` → `--config`, `a b`: words, where quotes hold some together. */
export const splitCommand = (text: string): readonly string[] =>
  (text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));

/** Runs a verification, showing how far it is; `undefined` when the person interrupted it. */
async function watched(host: Host, quiet: boolean, request: VerifyRequest): Promise<Verdict | undefined> {
  const paint = makePaint(wantsColour(host.stderr, host.env));
  const live = liveLine(host.stderr, quiet);
  const controller = new AbortController();
  const interrupt = (): void => {
    live.show('ending what was started …');
    controller.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const shown = new Set<string>();
  const onStep = (step: Step): void => {
    const { id, name, started, completed, cached } = step;
    if (stageOf(step) === undefined) return;
    if (completed === undefined) live.show(visible(name));
    else if (started !== undefined && !cached && completed - started >= 1000 && !shown.has(id)) {
      shown.add(id);
      live.keep(paint.dim(`  ${visible(name).slice(0, 90)}  ${((completed - started) / 1000).toFixed(1)} s`));
    }
  };
  try {
    return await verifyImage(request, { signal: controller.signal, onStep, onPhase: (name) => live.show(name) });
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    live.end();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
