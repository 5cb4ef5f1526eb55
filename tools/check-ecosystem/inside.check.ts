import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expectNone, type Problem } from '@msb/core/testing';
import { describe, test } from 'vitest';

/** What `npm test` looks at besides: that the package of an ecosystem compiles, and is as all of this repository is. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const id = process.env.MSB_CHECK ?? '';
const own = [`templates/${id}`, `packages/${id}`];

/** What a command prints when it fails; nothing when all is well. */
function complaint(command: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd: root, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } };
  return new Promise((done) => {
    execFile(command, [...args], options, (error, stdout, stderr) => done(error ? `${stdout}\n${stderr}` : ''));
  });
}

const bin = (name: string): string => `${root}node_modules/.bin/${name}`;

/** A problem for each line of a report that matches; one with the whole report where none does. */
function problems(report: string, pattern: RegExp, found: (...groups: readonly string[]) => Problem): Problem[] {
  if (report === '') return [];
  const all = [...report.matchAll(pattern)].map(([, ...groups]) => found(...groups.map(String)));
  return all.length > 0 ? all : [{ file: own[1] ?? '', message: report.trim(), mend: 'Mend what it says.' }];
}

describe(`packages/${id} and templates/${id}`, () => {
  test('compile', async () => {
    const report = await complaint(bin('tsc'), '-b', `packages/${id}`, '--pretty', 'false');
    const mend = 'Mend it; an editor that knows TypeScript shows the same, and what core has.';
    const error = (file = '', line = '', message = ''): Problem => ({ file, line: Number(line), message, mend });
    expectNone(problems(report, /^(\S+?)\((\d+),\d+\): error \w+: (.*)$/gm, error));
  });

  test('are formatted like the rest', async () => {
    const report = await complaint(bin('biome'), 'check', '--error-on-warnings', '--reporter=github', ...own);
    const mend = 'npm run format does most of it.';
    const error = (title = '', path = '', line = '', text = ''): Problem => {
      const file = path.replace(root, '');
      const message = title === 'format' ? 'It is not formatted' : `${text} (${title})`;
      return { file, ...(title !== 'format' && { line: Number(line) }), message, mend };
    };
    expectNone(problems(report, /^::\w+ title=(\S+?),file=(\S+?),line=(\d+),.*?::(.*)$/gm, error));
  });

  test('are what schemas and tables say of them', async () => {
    const checking = process.env.MSB_UPDATE_GOLDEN === '1' ? [] : ['--check'];
    const report = await complaint(process.execPath, `${root}tools/sync/sync.mjs`, ...checking);
    const stale = (file = ''): Problem => ({
      file,
      message: 'It is out of date',
      mend: 'Write it anew: npm run sync, or --golden.',
    });
    expectNone(problems(report, /^out of date: (.*)$/gm, stale));
  });
});
