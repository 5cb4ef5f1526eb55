import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { findAssets } from './assets.ts';

const files = {
  'templates/index.html': '',
  'templates/mail/hello.txt': '',
  'static/site.css': '',
  'views/a.html': '',
  'db/migrations/1.sql': '',
  'favicon.ico': '',
  'config.yaml': '',
};

const assets = (...lines: readonly string[]) =>
  findAssets(new Project(new MemoryTree({ ...files, 'main.go': lines.join('\n') })), ['main.go']);

test.each([
  ['http.Handle("/", http.FileServer(http.Dir("./static")))', 'static'],
  ['files := os.DirFS("static/")', 'static'],
  ['t := template.Must(template.ParseGlob("templates/*.html"))', 'templates'],
  ['t, err := template.New("x").ParseFiles("templates/index.html", "views/a.html")', 'templates/index.html'],
  ['r.LoadHTMLGlob("templates/**/*")', 'templates'],
  ['r.Static("/assets", "./static")', 'static'],
  ['r.StaticFile("/favicon.ico", "favicon.ico")', 'favicon.ico'],
  ['http.ServeFile(w, r, "templates/index.html")', 'templates/index.html'],
  ['engine := html.New("./views", ".html")', 'views'],
  ['m, err := migrate.New("file://db/migrations", url)', 'db/migrations'],
])('%s reads %s', (line, path) => {
  expect(assets('package main', line)).toEqual([{ path, place: { file: 'main.go', line: 2 } }]);
});

test.each([
  'http.Dir("/srv/static")',
  'http.Dir("../static")',
  'http.Dir(".")',
  'http.Dir("missing")',
  'http.Dir(folder)',
  'os.ReadFile("config.yaml")',
  'url := "file:///static"',
])('%s reads nothing that ships', (line) => expect(assets(line)).toEqual([]));

test('a folder covers its files, and each is named once', () => {
  const found = assets('http.Dir("static")', 'http.ServeFile(w, r, "static/site.css")', 'os.DirFS("static")');
  expect(found.map(({ path }) => path)).toEqual(['static']);
});
