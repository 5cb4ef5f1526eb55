import { expect, test } from 'vitest';
import { scaffolded } from '../projects.test.kit.ts';

type Files = Readonly<Record<string, string>>;

const express = "const express = require('express')\nconst path = require('path')\n";

/** What the program sends and the repository lacks, and whether it is said. */
function served(line: string, files: Files = {}, scripts: Files = {}) {
  const manifest = { scripts: { start: 'node server.js', ...scripts }, dependencies: { express: '5' } };
  const { plan, told } = scaffolded(manifest, { 'server.js': `${express}${line}\napp.listen(3000)\n`, ...files });
  const said = told.some(({ message }) => message.includes("isn't in the repository"));
  return { reads: (plan.reads ?? []).map(({ path, made }) => (made ? `${path} (made)` : path)), said };
}

test.each([
  ["app.use(express.static(path.join(__dirname, 'public')))", 'public'],
  ["app.use(express.static('public'))", 'public'],
  ["const dir = path.join(__dirname, 'www')\napp.use(express.static(dir))", 'www'],
  ["app.register(fastifyStatic, { root: path.join(import.meta.dirname, 'public'), prefix: '/' })", 'public'],
  ["app.register(require('@fastify/static'), {\n  root: path.join(__dirname, 'public'),\n})", 'public'],
  ["app.use(express.static(path.join(__dirname, 'client/dist')))", 'client/dist'],
])('%s is said where nothing makes the folder', (line, path) => {
  expect(served(line)).toEqual({ reads: [path], said: true });
});

test.each<[line: string, files: Files, scripts: Files]>([
  ["app.use(express.static('dist'))", {}, { build: 'vite build' }],
  ["app.use(express.static('public'))", {}, { build: 'sass scss:public/css' }],
  [
    "app.use(express.static('www'))",
    { 'vite.config.js': "export default { build: { outDir: 'www' } }" },
    { build: 'vite build' },
  ],
  [
    "app.use(express.static(path.join(__dirname, 'client', 'build')))",
    { 'client/package.json': '{ "scripts": { "build": "vite build" } }' },
    { build: 'cd client && npm ci && npm run build' },
  ],
])('%s is made by a build', (line, files, scripts) => {
  const { reads, said } = served(line, files, scripts);
  expect(reads).toEqual([expect.stringContaining('(made)')]);
  expect(said).toBe(false);
});

test.each<[line: string, files: Files]>([
  ["app.use(express.static('public'))", { 'public/a.css': '' }],
  ["if (fs.existsSync('public')) app.use(express.static('public'))", {}],
  ["const up = multer({ dest: 'uploads' })\napp.use(express.static('uploads'))", {}],
  ["app.use(express.static(process.env.PUBLIC || 'public'))", {}],
  ["// app.use(express.static('public'))", {}],
  ["app.use(express.static('/srv/files'))", {}],
  ['app.use(express.static(folder))', {}],
])('%s with %j is no fault', (line, files) => expect(served(line, files).said).toBe(false));
