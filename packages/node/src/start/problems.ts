import { MsbError, type Place } from '@msb/core';
import type { Script } from '../package-json.ts';

const where = (script: Script | undefined): string =>
  script ? `The script ${JSON.stringify(script.name)}` : '--start';

/** Text of a project on one line of a message. */
const shown = (text: string): string =>
  JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text).slice(1, -1);

/** A command of `script`, or of --start, that can't start a program in an image: what it does, and what helps. */
const refused = (script: Script | undefined, does: string, hint: string): MsbError =>
  new MsbError(script ? 'unsupported' : 'bad-option', `${where(script)} ${does}`, hint, script?.place);

const instead =
  'The image starts node directly. Give the command with --start "node server.js", or add a script start:prod with it.';
const oneEach =
  'A container runs one program: name it with --start "node server.js", and make an image for each of the others.';

/** A line that only a shell understands. */
export const shellProblem = (text: string, what: string, script: Script | undefined): MsbError =>
  refused(
    script,
    `needs a shell for ${what}: ${shown(text)}`,
    what.startsWith('a command in the background') ? oneEach : instead,
  );

/** `concurrently "npm run api" "npm run jobs"` */
export const severalProblem = (words: readonly string[], script: Script | undefined): MsbError =>
  refused(script, `starts several programs at once: ${shown(words.join(' '))}`, oneEach);

/** `npm --prefix server start` */
export const elsewhereProblem = (target: string, script: Script | undefined): MsbError =>
  refused(
    script,
    `starts something of another package: ${shown(target)}`,
    'Make the image for that one: name its folder, create-msb-docker <folder>, or its workspace and --project <name>.',
  );

/** `mkdir -p logs && node server.js` */
export const writeProblem = (words: readonly string[], script: Script | undefined): MsbError =>
  refused(
    script,
    `writes among the files of the image, which belong to root: ${shown(words.join(' '))}`,
    'Do it in the script that builds, or below /tmp or in a volume, and start with --start "node server.js".',
  );

/** A command in front of the program that no image has; `brings` is a package for development that brings it. */
export function notShipped(words: readonly string[], script: Script | undefined, brings: string | undefined): MsbError {
  const own = 'un it on its own and start with --start "node server.js".';
  return refused(
    script,
    `runs a command before the program that the image does not have: ${shown(words.join(' '))}`,
    brings === undefined ? `R${own}` : `Move ${brings} to dependencies, or r${own}`,
  );
}

/** `node gone.js` */
export const missing = (entry: string, place: Place | undefined): MsbError =>
  new MsbError(
    'no-entry-point',
    `${JSON.stringify(entry)} is to be started, but it is not there and nothing builds it`,
    'Correct the path, or add a script named build.',
    place,
  );

/** Sources that a project keeps in a folder of this name: no build context has them, as it must not have what was installed. */
export const keptModules = (entry: string, place: Place | undefined): MsbError =>
  new MsbError(
    'unsupported',
    `${entry} lies in a folder node_modules of the project's own, which every build context leaves out`,
    'Ship what is published of it: a package.json that depends on it, and a start command such as --start "node node_modules/<name>/<file>".',
    place,
  );
