import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Asker } from './ask.ts';
import { type Host, main } from './cli.ts';

/** For tests: a folder with these files. */
export function makeProject(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'msb-cli-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** For tests: a Go web server that leaves nothing open but the runtime. */
export const goServer = {
  'go.mod': 'module example.com/acme/orders\n\ngo 1.26\n',
  'main.go':
    'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", http.NotFoundHandler())\n}\n',
};

/** For tests: a program for Node that could lie beside it. */
export const nodeServer = {
  'package.json': '{ "scripts": { "start": "node server.js" } }',
  'server.js': "require('node:http').createServer().listen(3000);\n",
};

/** For tests: what a run printed, and how it ended. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** For tests: runs the command line in this process. With an asker it has a terminal, without one it has none. */
export async function runCli(args: readonly string[], asker?: Asker, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const isTTY = asker !== undefined;
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY,
    write: (text: string) => {
      printed[name] += text;
    },
  });
  const host: Host = {
    stdin: { isTTY },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: { NO_COLOR: '1', ...env },
    loadAsker: () => (asker ? Promise.resolve(asker) : Promise.reject(new Error('a prompt without a terminal'))),
  };
  return { exitCode: await main(args, host), ...printed };
}
