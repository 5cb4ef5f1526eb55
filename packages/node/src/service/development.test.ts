import { expect, test } from 'vitest';
import { findBuild } from '../build.ts';
import { packageOf } from '../projects.test.kit.ts';
import { developmentNotes } from './development.ts';

/** The messages about a program of one file, with `platform-ws` for development and `ws` for production. */
function told(file: string, text: string, build?: string): readonly string[] {
  const { project, manifest } = packageOf(
    {
      ...(build !== undefined && { scripts: { build } }),
      dependencies: { ws: '8' },
      devDependencies: { '@nest/platform-ws': '8', ws: '8' },
    },
    { [file]: text },
  );
  return developmentNotes(project, manifest, [file], findBuild(project, manifest, undefined)).map(
    ({ message }) => message,
  );
}

const message = (file: string, line = 1): readonly string[] => [
  `The program imports @nest/platform-ws (${file}:${line}), which is for development only: the image does not have it`,
];

test('what an image lacks is told, and where', () => {
  expect(told('server.js', "\nconst { WsAdapter } = require('@nest/platform-ws/lib')")).toEqual(
    message('server.js', 2),
  );
  const text = "import { WsAdapter } from '@nest/platform-ws';\napp.useWebSocketAdapter(new WsAdapter(app));\n";
  expect(told('src/main.ts', text, 'nest build')).toEqual(message('src/main.ts'));
  expect(told('src/main.ts', "import '@nest/platform-ws';", 'rimraf dist && tsc')).toEqual(message('src/main.ts'));
});

test.each([
  ['a bundler brings it along', 'src/main.ts', "import '@nest/platform-ws';", 'esbuild src/main.ts'],
  ['it is there for production, too', 'server.js', "require('ws')", undefined],
  ['types are no import', 'src/main.ts', "import type { A } from '@nest/platform-ws';", 'tsc'],
  ['nor are names of types', 'src/main.ts', "import { A } from '@nest/platform-ws';\nconst a: A = {};", 'tsc'],
  ['nor is a comment', 'server.js', "// require('@nest/platform-ws')", undefined],
  ['nor another package', 'server.js', "require('@nest/platform-wss')", undefined],
])('%s', (_, file, text, build) => expect(told(file, text, build)).toEqual([]));
