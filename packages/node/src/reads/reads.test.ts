import { expect, test } from 'vitest';
import { scaffolded } from '../projects.test.kit.ts';

type Files = Readonly<Record<string, string>>;

const value = (build: string, more: object = {}) => ({
  scripts: { build, start: 'node dist/server.js', ...more },
  dependencies: { express: '5' },
  devDependencies: { typescript: '5' },
});

/** What ships beside the output, as `source → place`. */
function shipped(line: string, files: Files, build = 'tsc', file = 'src/server.ts', more: object = {}) {
  const own = { 'src/server.ts': '', [file]: `${line}\n` };
  const { dockerfile } = scaffolded(value(build, more), { ...own, ...files });
  return [...dockerfile.matchAll(/^COPY --link (?:--from=build )?(\S+) (\S+)$/gm)]
    .map(([, from = '', to = '']) => `${from.replace(/^\/app\//, '')} → ${to}`)
    .filter((text) => !/package\.json|node_modules|^dist →/.test(text));
}

test.each<[line: string, files: Files, expected: readonly string[]]>([
  ["join(__dirname, 'mails/hi.hbs')", { 'src/mails/hi.hbs': '' }, ['src/mails/hi.hbs → ./dist/mails/hi.hbs']],
  ["new URL('./schema.sql', import.meta.url)", { 'src/schema.sql': '' }, ['src/schema.sql → ./dist/schema.sql']],
  ["app.set('views', path.join(__dirname, 'pages'))", { 'src/pages/a.ejs': '' }, ['src/pages → ./dist/pages']],
  ["path.join(__dirname, '..', 'prompts', name + '.md')", { 'prompts/a.md': '' }, ['prompts → ./prompts']],
  ["readFile('prompts/system.md')", { 'prompts/system.md': '' }, ['prompts/system.md → ./prompts/system.md']],
  ["join(process.cwd(), 'src/mails')", { 'src/mails/a.hbs': '' }, ['src/mails → ./src/mails']],
  ["Backend({ loadPath: './lang/{{lng}}.json' })", { 'lang/de.json': '' }, ['lang → ./lang']],
  [
    "const root = dirname(x)\njoin(root, 'seeds', 'a.csv')",
    { 'src/seeds/a.csv': '' },
    ['src/seeds/a.csv → ./dist/seeds/a.csv'],
  ],
  [
    "fs.readdirSync(path.join(__dirname, 'commands'))",
    { 'src/commands/a.ts': '', 'src/commands/help.txt': '' },
    ['src/commands/help.txt → ./dist/commands/help.txt'],
  ],
  ["views(path.join(__dirname, '/pages'))", { 'src/pages/a.ejs': '' }, ['src/pages → ./dist/pages']],
  [
    `config({ path: \`./\${process.env.NODE_ENV || 'development'}.env\` })`,
    { 'production.env': 'A=1' },
    ['production.env → ./production.env'],
  ],
  ["join(__dirname, 'gone.txt')", {}, []],
  [
    "readFile('.env'); readFile('server.key'); readFile('package.json')",
    { '.env': '', 'server.key': 'BEGIN PRIVATE KEY' },
    [],
  ],
  ['// readFile("prompts/system.md")', { 'prompts/system.md': '' }, []],
])('%s ships what it names', (line, files, expected) => expect(shipped(line, files)).toEqual(expected));

test('a file in a folder of the sources is found from there', () => {
  const files = { 'src/mail/templates/a.html': '' };
  expect(shipped("join(__dirname, 'templates', 'a.html')", files, 'tsc', 'src/mail/send.ts')).toEqual([
    'src/mail/templates/a.html → ./dist/mail/templates/a.html',
  ]);
});

test('a bundle has no folders: what its code names lies beside it', () => {
  const files = { 'src/mail/a.html': '' };
  expect(shipped("join(__dirname, 'a.html')", files, 'tsup src/server.ts', 'src/mail/send.ts')).toEqual([
    'src/mail/a.html → ./dist/a.html',
  ]);
});

test('what is written for the output is found there', () => {
  const files = { 'prompts/a.md': '' };
  expect(shipped("join(__dirname, '../../prompts/a.md')", files, 'tsc', 'src/deep/a.ts')).toEqual([
    'prompts/a.md → ./prompts/a.md',
  ]);
});

test.each([
  ['tsc && cp -r src/mails dist/'],
  ['tsc && copyfiles -u 1 "src/**/*.hbs" dist'],
  ['tsc && cpx "src/mails/**" dist/mails'],
])('%j copies it already', (build) => {
  expect(shipped("join(__dirname, 'mails/hi.hbs')", { 'src/mails/hi.hbs': '' }, build)).toEqual([]);
});
