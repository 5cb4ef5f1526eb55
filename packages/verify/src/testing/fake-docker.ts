import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a made-up engine does for each of its commands, as lines of /bin/sh; those that are not named do nothing. */
export type Script = Readonly<Record<string, string>>;

/**
 * For tests: puts a program with the name of an engine into a folder of its own, which becomes the whole PATH. Its calls
 * are written to `calls` in that folder.
 */
export function fakeDocker(
  script: Script | undefined,
  program = 'docker',
): { readonly path: string; readonly calls: string } {
  const path = mkdtempSync(join(tmpdir(), 'msb-fake-'));
  const calls = join(path, 'calls');
  if (script === undefined) return { path, calls };
  const cases = Object.entries({ version: 'echo 28.0.0', ...script }).map(([name, lines]) => `${name}) ${lines} ;;`);
  mkdirSync(path, { recursive: true });
  writeFileSync(calls, '');
  writeFileSync(join(path, program), `#!/bin/sh\necho "$*" >> ${calls}\ncase "$1" in\n${cases.join('\n')}\nesac\n`);
  chmodSync(join(path, program), 0o755);
  return { path, calls };
}
