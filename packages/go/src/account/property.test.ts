import { ignoreMatcher, MemoryTree, MsbError, scaffold } from '@msb/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { go } from '../index.ts';

/** How a program may read a file whose path is a text in its code. */
const readers: readonly ((path: string) => string)[] = [
  (path) => `os.ReadFile(${path})`,
  (path) => `f, err := os.Open(${path}); use(f, err)`,
  (path) => `name := flag.String("file", ${path}, ""); os.ReadFile(*name)`,
  (path) => `for _, name := range []string{${path}} { os.ReadFile(name) }`,
  (path) => `load(Config{File: ${path}})`,
  (path) => `http.ServeFile(w, r, ${path})`,
];

const name = fc
  .stringMatching(/^[A-Za-z_][\w.-]{0,10}$/)
  .filter((text) => !/\.(?:go|key|pem|env)$|^Dockerfile|^go\./.test(text));
const ending = fc.constantFrom(
  '',
  '.md',
  '.txt',
  '.json',
  '.yaml',
  '.sql',
  '.html',
  '.tmpl',
  '.out',
  '.test',
  '.csv',
  '.sh',
);
const path = fc
  .tuple(
    fc.array(name, { maxLength: 2 }),
    fc.oneof(name, fc.constantFrom('LICENSE', 'README', 'bin', 'coverage')),
    ending,
  )
  .map(([folders, file, end]) => [...folders, `${file}${end}`].join('/'))
  .filter((text) => !/(^|\/)(?:vendor|node_modules|main\.go|config)(\/|$)/.test(text));

/** Where the module may lie, and its main package in it. */
const layouts: readonly (readonly [module: string, main: string])[] = [
  ['', ''],
  ['', 'cmd/app/'],
  ['services/app/', ''],
];

test('a file that the code reads is in the image, whatever its name', () => {
  fc.assert(
    fc.property(path, fc.constantFrom(...readers), fc.constantFrom(...layouts), (file, read, [module, main]) => {
      const code = `package main\n\ntype Config struct{ File string }\n\nfunc load(c Config) { os.ReadFile(c.File) }\n\nfunc main() {\n${read(JSON.stringify(file))}\n}\n`;
      const work = module === '' ? {} : { 'go.work': `go 1.26\n\nuse ./${module}\n` };
      const tree = new MemoryTree({
        ...work,
        [`${module}go.mod`]: 'module example.com/app\n\ngo 1.26\n',
        [`${module}${main}main.go`]: code,
        [`${module}${file}`]: 'text',
      });
      try {
        scaffold({ tree, ecosystems: [go], folder: module.replace(/\/$/, ''), options: {} });
      } catch (error) {
        if (error instanceof MsbError) return; // the run says why not
        throw error;
      }
      const dockerfile = tree.read('Dockerfile', 'utf8') ?? tree.read(`${module}Dockerfile`, 'utf8') ?? '';
      const copied = [...dockerfile.matchAll(/^COPY --link (\S+) (\/app\/\S+)$/gm)].map(([, from = '', to = '']) => [
        from,
        to,
      ]);
      // the context is the module's folder, or the workspace that needs more than one
      const own = copied.map(([from = '', to = '']) => [
        from,
        from.startsWith(module) ? from.slice(module.length) : from,
        to,
      ]);
      const [from = '', inside = '', to = ''] = own.find(([, at = '']) => `${file}/`.startsWith(`${at}/`)) ?? [];
      expect(`${to}${file.slice(inside.length)}`, dockerfile).toBe(`/app/${file}`);
      const ignore = tree.read('.dockerignore', 'utf8') ?? tree.read(`${module}.dockerignore`, 'utf8') ?? '';
      expect(ignoreMatcher(ignore)(from), ignore).toBe(false);
    }),
    { numRuns: 150 },
  );
}, 60_000);
