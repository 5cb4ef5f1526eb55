import { inspect, MemoryTree, propose } from '@msb/core';
import { expect, test } from 'vitest';
import { go } from '../index.ts';

const main = (...lines: readonly string[]): string => `package main\n\nfunc main() {\n${lines.join('\n')}\n}\n`;

/** What is said of a program, and the plan that core settled. */
function said(files: Readonly<Record<string, string>>, options: Readonly<Record<string, string>> = {}) {
  const tree = new MemoryTree({ 'go.mod': 'module example.com/app\n\ngo 1.26\n', ...files });
  const {
    notes,
    account,
    files: written,
  } = propose(inspect({ tree, ecosystems: [go], options: { runtime: 'alpine', ...options } }));
  const dockerfile = written.find(({ path }) => path === 'Dockerfile')?.text ?? '';
  return { messages: notes.map(({ message }) => message), account, dockerfile };
}

test('a front end makes what is read', () => {
  const front = { 'web/package.json': '{\n  "scripts": {\n    "build": "vite build"\n  }\n}\n' };
  const { messages } = said({ 'main.go': main('http.FileServer(http.Dir("web/dist"))'), ...front });
  expect(messages).toContain('The front end in web makes web/dist, which your app reads');
});

test.each([
  ['alpine', 'exec.Command("sh", "-c", "date")', []],
  ['scratch', 'exec.Command("sh", "-c", "date")', ["Your app starts sh, which scratch doesn't have"]],
  ['alpine', 'exec.Command("yt-dlp", url)', ["Your app starts yt-dlp, which the image doesn't have"]],
  ['scratch', 'exec.Command("ffmpeg", "-i", name)', ["Your app uses ffmpeg, which scratch doesn't have"]],
] as const)('on %s, %s', (runtime, line, messages) => {
  expect(said({ 'main.go': main(line) }, { runtime }).messages).toEqual(messages);
});

test('files of no known name next to those that are read have no place', () => {
  const { messages, dockerfile } = said({
    'main.go': main('os.ReadFile("words.txt")', 'os.Create("x-" + name)'),
    'words.txt': '',
  });
  expect(messages).toContain('Your app writes files next to those that it reads, in /app, which is read-only to it');
  expect(dockerfile).not.toContain('VOLUME');
});

test('alone, a program that writes such files starts in its volume', () => {
  expect(said({ 'main.go': main('os.Create("x-" + name)') }).dockerfile).toContain('VOLUME /data');
});

test('each of several programs has what it reads and writes itself', () => {
  const { dockerfile, account } = said(
    {
      'cmd/one/main.go': main('os.ReadFile("one.txt")', 'os.Create("one.log")'),
      'cmd/two/main.go': main('os.ReadFile("two.txt")'),
      'one.txt': '',
      'two.txt': '',
    },
    { main: './cmd/one,./cmd/two' },
  );
  const [, one = '', two = ''] = /AS two\n([\s\S]*)AS one\n([\s\S]*)/.exec(dockerfile) ?? [];
  expect(two).toContain('COPY --link one.txt /app/one.txt');
  expect(two).not.toContain('two.txt');
  expect(one).toContain('COPY --link two.txt /app/two.txt');
  expect(one).not.toContain('one.txt');
  expect(account.writes.map(({ path }) => path)).toEqual(['one.log']);
});
