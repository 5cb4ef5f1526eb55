import { fstatSync, writeSync } from 'node:fs';
import { main } from './cli.ts';
import { noTemplates, templatesFlag } from './templates-flag.ts';

/**
 * A standard stream, written without node's stream classes: loading those takes longer than the rest of a run.
 * Whether it is a terminal is asked only when it is a character device at all.
 */
const stream = (fd: number, loud: () => { readonly isTTY?: boolean }) => ({
  get isTTY(): boolean {
    return isDevice(fd) && loud().isTTY === true;
  },
  write(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSome(fd, bytes.subarray(at));
  },
});

function isDevice(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false; // closed, as under some process managers
  }
}

/** A pipe that nobody empties at the moment answers EAGAIN; a reader that went away, EPIPE. */
function writeSome(fd: number, bytes: Buffer): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') return bytes.length;
    throw error;
  }
}

/** A folder of such a name is `./verify`. */
const commandNames = new Set(['verify', 'check', 'explain']);

const host = {
  stdin: stream(0, () => process.stdin),
  stdout: stream(1, () => process.stdout),
  stderr: stream(2, () => process.stderr),
  env: process.env,
  loadAsker: async () => (await import('./prompts.ts')).terminalAsker,
};

async function mainOutside(args: readonly string[], templates: string): Promise<number> {
  const outside = await import('./outside.ts');
  return outside.main(args, host, () => outside.ecosystemsWith(templates, process.cwd()));
}

const args = process.argv.slice(2);
const templates = templatesFlag(args);
const done = commandNames.has(args[0] ?? '')
  ? import('./commands.ts').then(({ runCommand }) => runCommand(args, host))
  : templates === undefined || templates === noTemplates
    ? main(args, host)
    : mainOutside(args, templates);
// Everything is written already, synchronously: there is nothing to wait for.
void done.then((exitCode) => process.exit(exitCode));
