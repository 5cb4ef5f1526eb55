import { expect, test } from 'vitest';
import { errorOf, scaffolded } from './projects.test.kit.ts';

const lock = (name: string) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { [name]: '^25.0.0' } },
      [`node_modules/${name}`]: { version: '25.0.0', hasInstallScript: name === 'puppeteer' },
    },
  });
const app = (name: string, code: string, options = {}) =>
  scaffolded(
    { scripts: { start: 'node server.js' }, dependencies: { [name]: '^25.0.0' } },
    { 'server.js': `${code}\nprocess.on('SIGTERM', () => {});\n`, 'package-lock.json': lock(name) },
    options,
  );

test("Puppeteer gets Debian's Chromium, and downloads none", () => {
  const { plan, notes, dockerfile } = app('puppeteer', 'await puppeteer.launch();');
  expect(plan.runtime).toMatchObject({
    family: 'slim',
    env: { PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium', XDG_CONFIG_HOME: '/tmp/.chromium' },
  });
  expect(dockerfile).toMatch(/AS runtime-base\n(?:.*\n)*?.*apt-get install .* chromium /);
  expect(dockerfile).toContain('npm ci --omit=dev --ignore-scripts');
  expect(dockerfile).not.toContain('allow-scripts');
  expect(notes).toContainEqual(expect.objectContaining({ message: expect.stringContaining('MB bigger') }));
  expect(notes).toContainEqual(expect.objectContaining({ message: expect.stringContaining('it ships on slim') }));
});

test('what starts its own download has to be told', () => {
  const note = (code: string) =>
    app('playwright', code).notes.filter(({ message }) => message.includes('downloaded itself'));
  expect(note('await chromium.launch();')).toMatchObject([{ place: { file: 'server.js', line: 1 } }]);
  expect(note('await chromium.launch({ executablePath: process.env.X });')).toEqual([]);
});

test('a browser that runs elsewhere is none of ours', () => {
  const { plan } = app('puppeteer-core', "await puppeteer.connect({ browserWSEndpoint: 'ws://chrome:3000' });");
  expect(plan.runtime.family).toBe('distroless');
});

test('it is no way to distroless', () => {
  const asked = () => app('puppeteer', 'await puppeteer.launch();', { runtime: 'distroless' });
  expect(errorOf(asked)).toMatchObject({ code: 'bad-option', message: expect.stringContaining('browser') });
});

test('a site starts no browser: what drives one there is for its tests, or for its pictures', () => {
  const value = { scripts: { build: 'astro build' }, dependencies: { astro: '5', puppeteer: '^25.0.0' } };
  const files = { 'tools/shot.js': 'await puppeteer.launch();', 'src/pages/index.astro': '' };
  const { plan, dockerfile, notes } = scaffolded(value, files);
  expect(plan.runtime.family).toBe('nginx');
  expect(dockerfile.match(/AS runtime-base$/gm)).toHaveLength(1);
  expect(notes.map(({ message }) => message).join()).not.toContain('Chromium');
});
