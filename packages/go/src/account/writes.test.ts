import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { readCode } from '../code/program.ts';
import { packagesOf } from '../packages.ts';
import { findWrites } from './writes.ts';

/** What a program writes, each as `path kind`. */
function writes(line: string): readonly string[] {
  const text = `package main\n\nfunc main() {\n${line}\n}\n`;
  const project = new Project(new MemoryTree({ 'main.go': text }));
  const modules = new Map([['example.com/app', '']]);
  const packages = packagesOf(project, modules, ['']);
  const code = readCode(project, modules, packages);
  return findWrites({ project, modules, main: '', packages, code }).map(({ path, kind }) => `${path} ${kind}`);
}

test.each([
  ['os.Create("out.csv")', ['out.csv file']],
  ['os.WriteFile("./state.json", b, 0o644)', ['state.json file']],
  ['os.OpenFile("app.log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)', ['app.log file']],
  ['os.OpenFile("logs/app.log", os.O_RDWR, 0o644)', ['logs folder']],
  ['os.MkdirAll("uploads", 0o755)', ['uploads folder']],
  ['os.Create("uploads/" + name)', ['uploads folder']],
  ['os.Create(filepath.Join("uploads", id, name))', ['uploads folder']],
  ['os.WriteFile(name + ".json", b, 0o600)', []],
  ['os.WriteFile("report-" + day + ".csv", b, 0o600)', ['. folder']],
  ['dir := flag.String("data", "./data", ""); os.MkdirAll(*dir, 0o755)', ['data folder']],
  ['sql.Open("sqlite3", "file:app.db?_fk=1")', ['app.db file']],
  ['sqlx.MustConnect("sqlite", "data/app.sqlite")', ['data folder']],
  ['gorm.Open(sqlite.Open("test.db"), &gorm.Config{})', ['test.db file']],
  ['dsn := getEnv("DB_PATH", "./var/x.db"); sql.Open("sqlite", dsn + "?_pragma=foreign_keys(1)")', ['var folder']],
  ['store.Open(Config{Path: "store.db"})', ['store.db file']],
  ['bolt.Open("my.db", 0600, nil)', ['my.db file']],
  ['badger.Open(badger.DefaultOptions("kv"))', ['kv folder']],
  ['bleve.New("index.bleve", mapping)', ['index.bleve folder']],
  ['log.SetOutput(&lumberjack.Logger{Filename: "logs/app.log", MaxSize: 5})', ['logs folder']],
  ['cfg := zap.Config{OutputPaths: []string{"stdout", "app.log"}}', ['app.log file']],
  ['m := autocert.Manager{Cache: autocert.DirCache("certs")}', ['certs folder']],
  ['c.SaveUploadedFile(file, "files/" + file.Filename)', ['files folder']],
  ['os.MkdirAll("/var/lib/app", 0o755)', ['/var/lib/app folder']],
  ['os.Create("/data/app.log")', ['/data folder']],
  ['os.MkdirAll("data", 0o755); sql.Open("sqlite", "data/x.db"); os.Create("data/logs/a.log")', ['data folder']],
] as const)('%s writes %j', (line, expected) => expect(writes(line)).toEqual(expected));

test.each([
  'os.OpenFile("words.txt", os.O_RDONLY, 0)',
  'os.Create("/tmp/x")',
  'os.Create("/etc/app.conf")',
  'os.CreateTemp("", "x")',
  'os.Create(filepath.Join(home, "x.json"))',
  'sql.Open("sqlite3", ":memory:")',
  'sql.Open("sqlite3", "file::memory:?cache=shared")',
  'sql.Open("sqlite3", "file:words.db?mode=ro")',
  'sql.Open("postgres", "postgres://localhost/app")',
  'sql.Open("mysql", "root@tcp(db:3306)/app")',
  'if strings.HasSuffix(name, ".db") { return }',
])('%s writes nothing that needs a place', (line) => expect(writes(line)).toEqual([]));
