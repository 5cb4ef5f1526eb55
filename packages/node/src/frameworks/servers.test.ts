import type { MsbError } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { errorOf, json, scaffolded } from '../projects.test.kit.ts';

interface App {
  readonly name?: string;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
type Files = Readonly<Record<string, string>>;

/** What a project of a framework becomes. */
function made(app: App, files: Files = {}) {
  const { plan, facts, dockerfile, notes } = scaffolded({ name: 'app', ...app }, files);
  const framework = facts.find(({ name }) => name === 'framework')?.value;
  const { entrypoint, cmd = [], env, port } = plan.runtime;
  return { framework, command: [...entrypoint.slice(1), ...cmd].join(' '), env, port, dockerfile, notes };
}
const refused = (app: App, files: Files): MsbError => errorOf(() => scaffolded({ name: 'app', ...app }, files));

describe('Nuxt and others that Nitro builds', () => {
  const nuxt = { scripts: { build: 'nuxt build', postinstall: 'nuxt prepare' }, dependencies: { nuxt: '^4.0.0' } };

  test('all that ships is in one folder', () => {
    const { framework, command, dockerfile } = made(nuxt, { 'nuxt.config.ts': 'export default defineNuxtConfig({})' });
    expect([framework, command]).toEqual(['Nuxt', '.output/server/index.mjs']);
    expect(dockerfile).toContain("find .output/server -name '*.map' -exec rm {} +");
    expect(dockerfile).toContain('COPY --link --from=build /app/.output ./.output');
    expect(dockerfile).not.toMatch(/prod-deps|npm run postinstall/);
  });

  test('source maps stay for a start that reads them', () => {
    const start = 'node --enable-source-maps .output/server/index.mjs';
    expect(made({ ...nuxt, scripts: { ...nuxt.scripts, start } }).dockerfile).not.toContain('.map');
  });

  test('a preset for a platform is refused with its line', () => {
    const config =
      'export default defineNuxtConfig({\n  nitro: {\n    // preset: "static",\n    preset: "vercel-edge" } })';
    expect(refused(nuxt, { 'nuxt.config.ts': config })).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('vercel-edge'),
      place: { file: 'nuxt.config.ts', line: 4 },
    });
  });

  test('TanStack Start with Nitro', () => {
    const app = {
      scripts: { build: 'vite build' },
      dependencies: { '@tanstack/react-start': '^1.0.0', nitro: '^3.0.0' },
      devDependencies: { vite: '^8.0.0' },
    };
    expect(made(app).framework).toBe('TanStack Start');
    expect(made(app).dockerfile).not.toContain('NODE_OPTIONS');
    const config = 'export default { plugins: [tanstackStart({ prerender: { enabled: true } }), nitro()] }';
    expect(made(app, { 'vite.config.ts': config }).dockerfile).toContain(
      '\nENV NODE_OPTIONS="--dns-result-order=ipv4first"\n',
    );
  });

  test('TanStack Start without Nitro makes no server', () => {
    const app = {
      scripts: { build: 'vite build' },
      dependencies: { '@tanstack/react-start': '^1.0.0' },
      devDependencies: { vite: '^8.0.0' },
    };
    expect(refused(app, {})).toMatchObject({ code: 'unsupported', message: expect.stringContaining('without Nitro') });
    const own = { ...app, scripts: { ...app.scripts, start: 'node server.js' } };
    expect(made(own, { 'server.js': 'process.on("SIGTERM", f)' })).toMatchObject({ command: 'server.js' });
  });
});

describe('SvelteKit', () => {
  const app = {
    type: 'module',
    scripts: { build: 'vite build', prepare: 'svelte-kit sync || echo ""' },
    devDependencies: { '@sveltejs/kit': '^2.63.0', vite: '^8.0.0' },
  };
  const config = (adapter: string, options = '') =>
    `import adapter from '${adapter}';\nexport default { kit: { adapter: adapter(${options}) } };\n`;

  test('the adapter for node, in svelte.config or since 3 in vite.config', () => {
    const { framework, command } = made(app, { 'svelte.config.js': config('@sveltejs/adapter-node') });
    expect([framework, command]).toEqual(['SvelteKit', 'build/index.js']);
    const elsewhere = { 'vite.config.ts': config('@sveltejs/adapter-node', "{ out: './made' }") };
    expect(made(app, elsewhere).command).toBe('made/index.js');
  });

  test('package.json says that it is a module, and dependencies ship', () => {
    const files = { 'svelte.config.js': config('@sveltejs/adapter-node') };
    expect(made(app, files).dockerfile).toContain('COPY --link package.json ./');
    expect(made(app, files).dockerfile).not.toContain('prod-deps');
    expect(made({ ...app, dependencies: { a: '1' } }, files).dockerfile).toContain('npm install --no-save');
  });

  test('adapter-auto makes a server as on Cloud Run', () => {
    const { dockerfile, notes } = made(app, { 'svelte.config.js': config('@sveltejs/adapter-auto') });
    expect(dockerfile).toContain('ENV GCP_BUILDPACKS="true"');
    expect(dockerfile).toMatch(
      /npm install --prefix \/adapter .* @sveltejs\/adapter-node@5\.\d+\.\d+ && \\\n {4}ln -s .* && \\\n {4}npm run build/,
    );
    expect(notes).toContainEqual(expect.objectContaining({ place: { file: 'svelte.config.js', line: 1 } }));
  });

  test('an adapter for a platform is refused with its line', () => {
    expect(refused(app, { 'svelte.config.js': `\n${config('@sveltejs/adapter-vercel')}` })).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('adapter-node'),
      place: { file: 'svelte.config.js', line: 2 },
    });
  });
});

describe('React Router and Remix', () => {
  const app = {
    type: 'module',
    scripts: { build: 'react-router build', start: 'react-router-serve ./build/server/index.js' },
    dependencies: { '@react-router/serve': '^8.0.0' },
    devDependencies: { '@react-router/dev': '^8.0.0', vite: '^8.0.0' },
  };

  test('its own server', () => {
    const { framework, command, port, dockerfile } = made(app);
    expect([framework, command]).toEqual([
      'React Router',
      'node_modules/@react-router/serve/dist/cli.js ./build/server/index.js',
    ]);
    expect(port).toBe(3000);
    expect(dockerfile).toContain('COPY --link --from=build /app/build ./build');
  });

  test('pages made in advance are asked of a server that has to be reached in a build', () => {
    const option = /^# pages are asked of .*\nENV NODE_OPTIONS="--dns-result-order=ipv4first"$/m;
    expect(made(app, { 'react-router.config.ts': "export default { prerender: ['/'] }" }).dockerfile).toMatch(option);
    expect(made(app).dockerfile).not.toContain('NODE_OPTIONS');
  });

  test("a server of one's own", () => {
    const own = { ...app, scripts: { ...app.scripts, start: 'node server.js' } };
    const { framework, command } = made(own, { 'server.js': 'createServer(handler).listen(3000)' });
    expect([framework, command]).toEqual([undefined, 'server.js']);
  });

  test('the compiler that Remix had before Vite builds into public', () => {
    const remix = {
      scripts: { build: 'remix build', start: 'cross-env NODE_ENV=production remix-serve ./build/index.js' },
      dependencies: { '@remix-run/serve': '^2.0.0' },
      devDependencies: { '@remix-run/dev': '^2.0.0' },
    };
    const { framework, command, dockerfile } = made(remix, { 'public/favicon.ico': '' });
    expect([framework, command]).toEqual(['Remix', 'node_modules/@remix-run/serve/dist/cli.js ./build/index.js']);
    expect(dockerfile).toContain('/app/public ./public');
  });
});

describe('Astro', () => {
  const app = { scripts: { build: 'astro build' }, dependencies: { astro: '^7.0.0', '@astrojs/node': '^11.0.0' } };
  const config = (from: string, mode: string) =>
    `import adapter from '${from}';\nexport default defineConfig({\n  adapter: adapter({ mode: '${mode}' }),\n});\n`;

  test('the standalone server, which SIGTERM does not end by itself', () => {
    const { framework, command, env, port } = made(app, { 'astro.config.mjs': config('@astrojs/node', 'standalone') });
    expect(framework).toBe('Astro');
    expect(command).toBe(
      "--import data:text/javascript,process.on('SIGTERM',()=>process.exit()) dist/server/entry.mjs",
    );
    expect([env?.HOST, port]).toEqual(['0.0.0.0', 4321]);
  });

  test("a middleware is started by a server of one's own", () => {
    const files = { 'astro.config.mjs': config('@astrojs/node', 'middleware'), 'run.mjs': 'app.listen(8080)' };
    const own = { ...app, scripts: { ...app.scripts, start: 'node run.mjs' } };
    expect(made(own, files)).toMatchObject({ framework: undefined, command: 'run.mjs' });
  });

  test('an adapter for a platform is refused with its line', () => {
    expect(refused(app, { 'astro.config.mjs': config('@astrojs/vercel', 'x') })).toMatchObject({
      code: 'unsupported',
      place: { file: 'astro.config.mjs', line: 1 },
    });
  });
});

describe('Angular', () => {
  const app = { scripts: { build: 'ng build' }, dependencies: { '@angular/core': '^22', '@angular/ssr': '^22' } };
  const workspace = (options: object) =>
    json({ projects: { shop: { architect: { build: { builder: '@angular/build:application', options } } } } });

  test('the server of the application builder', () => {
    const files = { 'angular.json': workspace({ ssr: { entry: 'src/server.ts' }, outputMode: 'server' }) };
    const { framework, command, dockerfile, port } = made(app, files);
    expect(framework).toBe('Angular');
    expect(command).toContain('dist/shop/server/server.mjs');
    expect(dockerfile).toContain('target=/app/.angular/cache');
    expect(port).toBe(4000);
  });
});
