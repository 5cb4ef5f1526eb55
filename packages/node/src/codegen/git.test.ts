import { expect, test } from 'vitest';
import { scaffolded } from '../projects.test.kit.ts';

const built = (files: Readonly<Record<string, string>>, more: object = {}, build = 'vite build') =>
  scaffolded({ scripts: { build }, devDependencies: { vite: '7', ...more } }, { 'index.html': '', ...files });

const config = "const commit = execSync('git rev-parse --short HEAD').toString()\n";

test('a build that asks Git has a stand-in that answers with a build argument', () => {
  const { dockerfile, notes } = built({ 'vite.config.js': config });
  expect(dockerfile).toContain('ARG GIT_COMMIT=unknown\nRUN printf');
  expect(dockerfile).toContain('>/usr/local/bin/git && chmod +x /usr/local/bin/git');
  expect(notes.find(({ message }) => message.includes('Git'))).toMatchObject({
    hint: expect.stringContaining('--build-arg GIT_COMMIT=$(git rev-parse HEAD)'),
    place: { file: 'vite.config.js', line: 1 },
  });
});

test('a variable that the code looks at first is the argument', () => {
  const { dockerfile } = built({
    'vite.config.js': "const c = process.env.COMMIT_SHA || execSync('git rev-parse HEAD')\n",
  });
  expect(dockerfile).toContain('ARG COMMIT_SHA=unknown\n');
  expect(dockerfile).not.toContain('/usr/local/bin/git');
});

test.each([
  ['a script of the build', {}, {}, 'VERSION=$(git describe --tags) vite build'],
  ['a file that it runs', { 'scripts/version.js': config }, {}, 'node scripts/version.js && vite build'],
  ['a plugin', { 'vite.config.js': "import git from 'git-rev-sync'\n" }, { 'git-rev-sync': '3' }, 'vite build'],
])('%s asks', (_, files, packages, build) => {
  expect(built(files, packages, build).dockerfile).toContain('ARG GIT_COMMIT=unknown');
});

test.each([
  ['it can do without', { 'vite.config.js': `let c\ntry {\n  ${config}} catch {}\n` }],
  ['it is a comment', { 'vite.config.js': `// ${config}` }],
  ['it is the configuration of tests', { 'vitest.config.js': config }],
])('nothing is added where %s', (_, files) => {
  expect(built(files).dockerfile).not.toContain('GIT_COMMIT');
});
