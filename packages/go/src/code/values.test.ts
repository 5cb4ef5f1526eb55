import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { packagesOf } from '../packages.ts';
import { readCode } from './program.ts';
import { asGlob, programFolder, sourceFolder, valuesOf } from './values.ts';

/** What the first argument of `read(…)` may be, in a program of some files. */
function read(files: Readonly<Record<string, string>>): readonly string[] {
  const project = new Project(new MemoryTree(files));
  const modules = new Map([['example.com/app', '']]);
  const code = readCode(project, modules, packagesOf(project, modules, ['']));
  return code.callsOf.get('read')?.flatMap(({ args: [path] }) => (path ? valuesOf(code, path).map(asGlob) : [])) ?? [];
}

const main = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'main.go': `package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\n${lines.join('\n')}\n`,
});
const inMain = (...lines: readonly string[]) => read(main('func main() {', ...lines, '}'));

test.each([
  ['a text', ['read("a.txt")'], ['a.txt']],
  ['a raw text', ['read(`a.txt`)'], ['a.txt']],
  ['escapes', [String.raw`read("a\u00e9\x20\"b.txt")`], ['aé "b.txt']],
  ['a sum', ['read("prompts/" + name + ".md")'], ['prompts/*.md']],
  ['a join', ['read(filepath.Join("prompts", name))'], ['prompts/*']],
  ['a join of what is not known', ['read(filepath.Join(root, "a.txt"))'], ['*/a.txt']],
  ['a format', ['read(fmt.Sprintf("locales/%s.%d.json", lang, 3))'], ['locales/*.*.json']],
  ['a local name', ['path := "a.txt"', 'read(path)'], ['a.txt']],
  ['several assignments', ['path := "a.txt"', 'if x { path = "b.txt" }', 'read(path)'], ['a.txt', 'b.txt']],
  ['two names at once', ['a, b := "1.txt", "2.txt"', 'read(b)'], ['2.txt']],
  ['a loop over a list', ['for _, p := range []string{"a.txt", "b.txt"} { read(p) }'], ['a.txt', 'b.txt']],
  [
    'a list by name',
    ['all := []string{', '"a.txt",', '"b.txt",', '}', 'for _, p := range all {', 'read(p)', '}'],
    ['a.txt', 'b.txt'],
  ],
  ['a map', ['m := map[string]string{"x": "a.txt"}', 'read(m["x"])'], ['x', 'a.txt']],
  ['a flag', ['p := flag.String("file", "a.txt", "the file")', 'flag.Parse()', 'read(*p)'], ['a.txt']],
  ['a flag of a field', ['flag.StringVar(&cfg.File, "file", "a.txt", "")', 'read(cfg.File)'], ['a.txt']],
  ['pflag', ['p := cmd.Flags().StringP("file", "f", "a.txt", "")', 'read(*p)'], ['a.txt']],
  ['pflag of a variable', ['cmd.Flags().StringVarP(&p, "file", "f", "a.txt", "")', 'read(p)'], ['a.txt']],
  ['kingpin', ['p := kingpin.Flag("file", "The file.").Default("a.txt").String()', 'read(*p)'], ['a.txt']],
  ['kingpin of a variable', ['app.Flag("file", "x").Default("a.txt").StringVar(&p)', 'read(p)'], ['a.txt']],
  ['a variable with a default', ['read(getEnv("FILE", "a.txt"))'], ['a.txt']],
  ['cmp.Or', ['read(cmp.Or(os.Getenv("FILE"), "a.txt"))'], ['a.txt']],
  ['an empty variable', ['p := os.Getenv("FILE")', 'if p == "" { p = "a.txt" }', 'read(p)'], ['a.txt']],
  ['viper', ['viper.SetDefault("site.File", "a.txt")', 'read(viper.GetString("site.file"))'], ['a.txt']],
  ['urfave', ['f := &cli.StringFlag{Name: "file", Value: "a.txt", Destination: &c.File}'], []],
  ['a field', ['c := Config{File: "a.txt"}', 'read(c.File)'], ['a.txt']],
  [
    'its own folder',
    ['exe, err := os.Executable()', 'read(filepath.Join(filepath.Dir(exe), "a.txt"))'],
    [`${programFolder}/a.txt`],
  ],
  [
    'the folder of a source',
    ['_, file, _, _ := runtime.Caller(0)', 'read(filepath.Dir(file) + "/a.txt")'],
    [`${sourceFolder}/a.txt`],
  ],
  ['the working folder', ['wd, _ := os.Getwd()', 'read(filepath.Join(wd, "a.txt"))'], ['./a.txt']],
  ['nothing known', ['read(name)'], []],
])('%s', (_, lines, values) => expect(inMain(...lines)).toEqual(values));

test('constants, parameters, results and fields are followed through functions and packages', () => {
  const files = main(
    'import "example.com/app/store"',
    'const folder = "sql"',
    'var ( main = folder + "/main.sql" )',
    'func path() string { return "c.txt" }',
    'func load(name string, more ...string) { read(name); for _, p := range more { read(p) } }',
    'func main() { load(main, "x.sql", "y.sql"); read(path()); read(store.Folder + "/z"); store.New("data") }',
  );
  const store = {
    'store/store.go': [
      'package store',
      'const Folder = "tables"',
      'type Store struct { folder string `default:"unused"` }',
      'func New(folder string) *Store { return &Store{folder: folder} }',
      'func (s *Store) Get() { read(s.folder) }',
    ].join('\n'),
  };
  expect(read({ ...files, ...store })).toEqual([
    'sql/main.sql',
    'x.sql',
    'y.sql',
    'c.txt',
    'tables/z',
    'unused',
    'data',
  ]);
});

test('names of one function mean nothing in another', () => {
  expect(read(main('func a() { p := "a.txt" }', 'func b(p string) { read(p) }'))).toEqual([]);
});

test('a circle ends', () => {
  expect(inMain('a := b', 'b := a', 'read(a)')).toEqual([]);
});
