import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { readCode } from '../code/program.ts';
import { packagesOf } from '../packages.ts';
import { findSettings } from './settings.ts';

/** The variables that a program insists on. */
function settings(text: string): readonly string[] {
  const project = new Project(new MemoryTree({ 'main.go': `package main\n\n${text}\n` }));
  const modules = new Map([['example.com/app', '']]);
  const packages = packagesOf(project, modules, ['']);
  const code = readCode(project, modules, packages);
  return findSettings({ project, modules, main: '', packages, code }).map(({ name }) => name);
}
const inMain = (...lines: readonly string[]) => settings(`func main() {\n${lines.join('\n')}\n}`);

test.each([
  [['token := os.Getenv("TOKEN")', 'if token == "" {', 'log.Fatal("no TOKEN")', '}'], ['TOKEN']],
  [['if os.Getenv("TOKEN") == "" {', 'panic("no TOKEN")', '}'], ['TOKEN']],
  [['if token := os.Getenv("TOKEN"); token == "" {', 'os.Exit(1)', '}'], ['TOKEN']],
  [['cfg.Token = os.Getenv("TOKEN")', 'if cfg.Token == "" { return errors.New("no TOKEN") }'], ['TOKEN']],
  [['token, ok := os.LookupEnv("TOKEN")', 'if !ok {', 'log.Fatalln("no TOKEN")', '}'], ['TOKEN']],
  [['if _, ok := os.LookupEnv("TOKEN"); !ok {', 'return fmt.Errorf("no TOKEN")', '}'], ['TOKEN']],
  [
    ['a := os.Getenv("ONE")', 'b := os.Getenv("TWO")', 'if a == "" || b == "" {', 'log.Fatal("set both")', '}'],
    ['ONE', 'TWO'],
  ],
  [
    ['url := mustGetenv("DATABASE_URL")', 'x := requireEnv("KEY_1")', 'y := getEnvOrPanic("SALT")'],
    ['DATABASE_URL', 'KEY_1', 'SALT'],
  ],
  [['viper.AutomaticEnv()', 'if viper.GetString("db.url") == "" {', 'log.Fatal("no DB_URL")', '}'], ['DB_URL']],
] as const)('%j insists on %j', (lines, expected) => expect(inMain(...lines)).toEqual(expected));

test.each([
  [['port := os.Getenv("PORT")', 'if port == "" {', 'port = "8080"', '}']],
  [['port := os.Getenv("PORT")', 'if port == "" {', 'log.Println("no PORT")', '}']],
  [['if os.Getenv("DEBUG") != "" {', 'log.Fatal("debug")', '}']],
  [['debug := os.Getenv("DEBUG")', 'if err := run(); err != nil {', 'log.Fatal(err)', '}']],
  [['x := getEnv("PORT", "8080")']],
])('%j insists on nothing', (lines) => expect(inMain(...lines)).toEqual([]));

test('a helper insists on what it is asked for', () => {
  const helper =
    'func must(key string) string {\nvalue := os.Getenv(key)\nif value == "" {\nlog.Fatalf("%s is not set", key)\n}\nreturn value\n}';
  expect(settings(`${helper}\nfunc main() {\nmust("SECRET")\nmust("SALT")\n}`)).toEqual(['SALT', 'SECRET']);
});

test.each([
  ['A string `env:"A,required"`', ['A']],
  ['A string `env:"A,notEmpty" json:"a"`', ['A']],
  ['A string `env:"A, required"`', ['A']],
  ['A string `env:"A" env-required:"true"`', ['A']],
  ['A string `env:"A" required:"true"`', ['A']],
  ['A string `env:"A" required:""`', ['A']],
  ['A string `envconfig:"A" required:"true"`', ['A']],
  ['A string `env:"A,required" envDefault:"x"`', []],
  ['A string `env:"A"`', []],
  ['A string `json:"a" required:"true"`', []],
  ['A string `env:"A,required,default=x"`', []],
] as const)('%s insists on %j', (field, expected) => {
  expect(settings(`type Config struct {\n${field}\n}`)).toEqual(expected);
});

test('envconfig puts its prefix in front, and splits words where it is told to', () => {
  const struct =
    'type Config struct {\nDatabaseURL string `required:"true" split_words:"true"`\nUser string `required:"true"`\n}';
  expect(settings(`${struct}\nfunc main() {\nenvconfig.MustProcess("app", &cfg)\n}`)).toEqual([
    'APP_DATABASE_URL',
    'APP_USER',
  ]);
});

test('a struct with a prefix gives it to its variables', () => {
  const structs =
    'type DB struct {\nURL string `env:"URL,required"`\n}\ntype Config struct {\nMain DB `envPrefix:"DB_"`\n}';
  expect(settings(structs)).toEqual(['DB_URL']);
});

test('a struct without a name has its prefix in its own tag', () => {
  const struct =
    'type Options struct {\nBot struct {\nToken string `long:"token" env:"TOKEN" required:"true"`\n} `group:"bot" env-namespace:"BOT"`\nKey string `env:"KEY" required:"true"`\n}';
  expect(settings(struct)).toEqual(['BOT_TOKEN', 'KEY']);
});
