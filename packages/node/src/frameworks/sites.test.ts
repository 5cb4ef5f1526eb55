import { describe, expect, test } from 'vitest';
import { errorOf, json, scaffolded } from '../projects.test.kit.ts';

type Files = Readonly<Record<string, string>>;

/** What matters of the image of a site. */
function siteOf(value: object, files: Files = {}, options: Parameters<typeof scaffolded>[2] = {}) {
  const { plan, dockerfile, facts, notes } = scaffolded(value, files, options);
  const { site, artifacts, family } = plan.runtime;
  return { site, from: artifacts[0]?.src, family, plan, dockerfile, facts, notes };
}

const page = { 'index.html': '<script type="module" src="/src/main.ts"></script>' };
const viteApp = { name: 'shop', scripts: { build: 'vite build' }, devDependencies: { vite: '^7.0.0' } };

describe('Vite', () => {
  test('a single-page app: no Node, no dependencies, no maps in the image', () => {
    const { site, from, family, dockerfile, facts, plan } = siteOf(viteApp, page);
    expect(site).toEqual({ base: '/', fallback: '/index.html', immutable: ['/assets/'] });
    expect([from, family, plan.runtime.port]).toEqual(['/app/dist/', 'nginx', 8080]);
    expect(facts).toContainEqual({ name: 'output', value: 'site in dist' });
    expect(facts.map(({ name }) => name)).not.toContain('start');
    expect(dockerfile).toContain(
      "npm run build && \\\n    find dist -name '*.map' -exec rm {} + && \\\n    find dist -type f",
    );
    expect(dockerfile).not.toMatch(/prod-deps|toolchain-target|rm -rf/);
  });

  test('what its configuration says', () => {
    const config = `export default {
  root: 'web',
  base: '/shop/',
  build: { outDir: '../public_html', sourcemap: true },
};
`;
    const files = { 'vite.config.mts': config, 'web/index.html': '', 'web/public/assets/logo.svg': '' };
    const { site, from, dockerfile, facts } = siteOf(viteApp, files);
    expect(site).toEqual({
      base: '/shop/',
      fallback: '/index.html',
      immutable: [String.raw`assets/.*[.-][\w-]{8,}\.(?:css|js|mjs)$`],
    });
    expect(from).toBe('/app/public_html/');
    expect(dockerfile).toContain('/public_html/ /srv/shop/');
    expect(dockerfile).not.toContain("'*.map' -exec");
    expect(facts).toContainEqual({
      name: 'output',
      value: 'site in public_html',
      place: { file: 'vite.config.mts', line: 4 },
    });
  });

  test('flags of the script win, also of one that it calls', () => {
    const scripts = { build: 'run-p types "bundle {@}" --', bundle: 'vite build --base=/a/ --outDir out' };
    const files = { ...page, 'vite.config.js': "export default { base: '/b/', build: { outDir: 'x' } }" };
    const { site, from } = siteOf({ ...viteApp, scripts }, files);
    expect([site?.base, from]).toEqual(['/a/', '/app/out/']);
  });

  test('names without a hash are not kept for ever, and a computed base is said to be a guess', () => {
    const config = "export default { base: process.env.BASE, build: { output: { entryFileNames: '[name].js' } } }";
    const { site, notes } = siteOf(viteApp, { ...page, 'vite.config.ts': config });
    expect(site?.immutable).toEqual([]);
    expect(notes).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('computes base'), place: expect.anything() }),
    );
  });

  test('a library is none, nor is a server with a front end beside it', () => {
    const library = { ...page, 'vite.config.ts': "export default { build: { lib: { entry: 'src/a.ts' } } }" };
    expect(errorOf(() => siteOf(viteApp, library)).code).toBe('no-entry-point');
    for (const start of ['node server.js', 'NODE_ENV=production node --enable-source-maps server.js']) {
      const value = { ...viteApp, scripts: { ...viteApp.scripts, start }, dependencies: { express: '^5.0.0' } };
      const { family } = siteOf(value, { ...page, 'server.js': 'app.listen(3000)' });
      expect(family).toBe('distroless');
    }
  });

  test.each([
    'vite preview',
    'serve -s dist',
    'npm run preview',
    'concurrently "node mock.js" vite',
    'node node_modules/vite/bin/vite.js',
  ])('started by %s, it is a site', (start) => {
    const value = { ...viteApp, scripts: { ...viteApp.scripts, start, preview: 'vite preview' } };
    expect(siteOf({ ...value, dependencies: { serve: '^14.0.0' } }, page).family).toBe('nginx');
  });

  test('an output outside of the project, or a hostile name, is refused', () => {
    const config = (outDir: string): Files => ({
      ...page,
      'vite.config.ts': `export default { build: { outDir: '${outDir}' } }`,
    });
    for (const outDir of ['../out', '/srv']) {
      expect(errorOf(() => siteOf(viteApp, config(outDir)))).toMatchObject({
        code: 'unsupported',
        place: { file: 'vite.config.ts' },
      });
    }
    expect(errorOf(() => siteOf(viteApp, config('a b; rm -rf /'))).code).toBe('unsafe-value');
    const base = { ...page, 'vite.config.ts': "export default { base: '/a; return 200/' }" };
    expect(errorOf(() => siteOf(viteApp, base)).code).toBe('unsafe-value');
  });

  test('variables with the name of a secret waive the check that takes them for one', () => {
    const files = { ...page, 'src/a.ts': 'import.meta.env.VITE_API_KEY', '.env.example': 'VITE_NAME=x\n' };
    const { dockerfile, plan } = siteOf(viteApp, files);
    expect(dockerfile).toMatch(/^# syntax=.*\n# check=skip=SecretsUsedInArgOrEnv\n/);
    expect(dockerfile).toContain('ARG VITE_API_KEY\nARG VITE_NAME\n');
    expect(plan.waived).toEqual(['SecretsUsedInArgOrEnv']);
  });

  test('an .env that Git has is taken over, one that it ignores is not', () => {
    const files = { ...page, 'src/a.ts': 'import.meta.env.VITE_A', '.env': 'VITE_A=1\nSECRET=2\n' };
    expect(siteOf(viteApp, files).dockerfile).toContain('ARG VITE_A="1"');
    expect(siteOf(viteApp, { ...files, '.gitignore': '.env\n' }).dockerfile).toMatch(/ARG VITE_A\n/);
  });
});

test('families: a site is for nginx only, a program never, each with the reason', () => {
  expect(errorOf(() => siteOf(viteApp, page, { runtime: 'distroless' }))).toMatchObject({
    message:
      '--runtime distroless does not fit this project: It is a site (Vite), whose files nginx sends; Node does not ship',
    hint: 'It can ship on nginx.',
  });
  const server = { name: 'a', scripts: { start: 'node a.js' } };
  expect(errorOf(() => siteOf(server, { 'a.js': '' }, { runtime: 'nginx' }))).toMatchObject({
    message:
      '--runtime nginx does not fit this project: It is a program that has to be run, and nginx only sends files',
    hint: 'It can ship on distroless, slim, alpine.',
  });
  expect(errorOf(() => siteOf(viteApp, page, { port: 0 })).code).toBe('bad-option');
  expect(siteOf(viteApp, page, { port: 80 }).dockerfile).toContain('listen 80;');
});

interface Row {
  readonly dev: string;
  readonly build?: string;
  readonly files?: Files;
  readonly more?: object;
  readonly from: string;
  readonly base?: string;
  readonly fallback?: string | undefined;
  readonly immutable?: string;
}

const expo = { expo: '54.0.0', 'react-native-web': '0.21.0' };
const angularJson = (build: object): Files => ({
  'angular.json': json({ projects: { lib: { projectType: 'library' }, app: { architect: { build } } } }),
});

test.each<[string, Row]>([
  [
    'Create React App',
    {
      dev: 'react-scripts',
      more: { homepage: 'https://a.example/app' },
      from: 'build',
      base: '/app/',
      fallback: '/index.html',
      immutable: '/static/',
    },
  ],
  [
    'Vue CLI',
    {
      dev: '@vue/cli-service',
      files: { 'vue.config.js': "module.exports = { outputDir: 'www', publicPath: '/v' }" },
      from: 'www',
      base: '/v/',
      fallback: '/index.html',
      immutable: '/js/',
    },
  ],
  ['Parcel', { dev: 'parcel', build: 'parcel build src/index.html', from: 'dist', fallback: '/index.html' }],
  [
    'Rsbuild',
    {
      dev: '@rsbuild/core',
      files: { 'rsbuild.config.ts': "export default { output: { distPath: { root: 'out' } } }" },
      from: 'out',
      fallback: '/index.html',
    },
  ],
  [
    'webpack',
    {
      dev: 'html-webpack-plugin',
      build: 'webpack --mode production',
      files: { 'webpack.config.js': "module.exports = { output: { path: path.resolve(__dirname, 'public') } }" },
      from: 'public',
      fallback: '/index.html',
    },
  ],
  [
    'Astro',
    {
      dev: 'astro',
      files: { 'astro.config.mjs': "export default defineConfig({ base: 'docs' })" },
      from: 'dist',
      base: '/docs/',
      immutable: '/_astro/',
    },
  ],
  [
    'Docusaurus',
    {
      dev: '@docusaurus/core',
      files: { 'docusaurus.config.ts': "const config: Config = { baseUrl: '/site/' }", 'static/img/a': '' },
      from: 'build',
      base: '/site/',
      immutable: '/assets/',
    },
  ],
  [
    'VitePress',
    {
      dev: 'vitepress',
      build: 'vitepress build docs',
      files: { 'docs/.vitepress/config.mts': "export default defineConfig({ base: '/x/' })" },
      from: 'docs/.vitepress/dist',
      base: '/x/',
    },
  ],
  [
    'Eleventy',
    {
      dev: '@11ty/eleventy',
      build: 'npx @11ty/eleventy',
      files: { '.eleventy.js': "module.exports = () => ({ dir: { output: 'www' } })" },
      from: 'www',
    },
  ],
  ['Gatsby', { dev: 'gatsby', build: 'gatsby build', from: 'public', immutable: '/static/' }],
  ['Hexo', { dev: 'hexo', from: 'public' }],
  ['Storybook', { dev: 'storybook', build: 'storybook build', from: 'storybook-static', immutable: '/assets/' }],
  [
    'Next.js',
    {
      dev: 'next',
      files: { 'next.config.mjs': "export default { output: 'export', basePath: '/n' }" },
      from: 'out',
      base: '/n/',
      immutable: '/_next/static/',
    },
  ],
  [
    'React Router',
    {
      dev: '@react-router/dev',
      files: { 'react-router.config.ts': 'export default { ssr: false }' },
      from: 'build/client',
      fallback: '/index.html',
    },
  ],
  [
    'SvelteKit',
    {
      dev: '@sveltejs/adapter-static',
      files: {
        'svelte.config.js':
          "import adapter from '@sveltejs/adapter-static'\nexport default { kit: { adapter: adapter({ fallback: '200.html' }) } }",
      },
      from: 'build',
      fallback: '/200.html',
      immutable: '/_app/immutable/',
    },
  ],
  ['Nuxt', { dev: 'nuxt', build: 'nuxt generate', from: '.output/public', immutable: '/_nuxt/' }],
  [
    'Expo',
    { dev: 'x', more: { dependencies: expo }, build: 'expo export -p web', from: 'dist', fallback: '/index.html' },
  ],
  [
    'Angular',
    {
      dev: '@angular/core',
      files: angularJson({ builder: '@angular/build:application', options: { outputPath: { base: 'out' } } }),
      from: 'out/browser',
      fallback: '/index.html',
    },
  ],
  [
    'Angular',
    {
      dev: '@angular/core',
      files: angularJson({
        builder: '@angular-devkit/build-angular:browser',
        options: { outputPath: 'dist/old', baseHref: '/o/' },
      }),
      from: 'dist/old',
      base: '/o/',
      fallback: '/index.html',
    },
  ],
])('%s makes a site', (title, { dev, build = 'make it', files, more, from, base = '/', fallback, immutable }) => {
  const value = { name: 'a', scripts: { build }, devDependencies: { [dev]: '^9.0.0' }, ...more };
  const { site, from: src, facts, family } = siteOf(value, files);
  expect(facts).toContainEqual(expect.objectContaining({ name: 'framework', value: title }));
  expect([src, family, site?.base, site?.fallback]).toEqual([`/app/${from}/`, 'nginx', base, fallback]);
  if (immutable !== undefined) expect(site?.immutable).toContain(immutable);
});

test('a folder of files that a script sends needs no build, and no Node', () => {
  const value = { name: 'a', scripts: { start: 'serve -l 3000 -s public' }, dependencies: { serve: '^14.0.0' } };
  const { dockerfile, site } = siteOf(value, { 'public/index.html': '<h1>a</h1>' });
  expect(site?.fallback).toBe('/index.html');
  expect(dockerfile).toContain('COPY --link public/ /srv/');
  expect(dockerfile.match(/^FROM/gm)).toHaveLength(2);
});

test('webpack 4 needs the hashes that OpenSSL 3 calls legacy; pnpm sets CI, which makes errors of warnings', () => {
  const value = { name: 'a', scripts: { build: 'react-scripts build' }, dependencies: { 'react-scripts': '4.0.3' } };
  expect(siteOf(value).dockerfile).toContain('ENV NODE_OPTIONS="--openssl-legacy-provider"');
  expect(siteOf(value).dockerfile).toContain('ENV CI="false"');
});

test('pages in the own folder reach the build, although Markdown there mostly is documentation', () => {
  const value = { name: 'a', scripts: { build: 'eleventy' }, devDependencies: { '@11ty/eleventy': '^3.0.0' } };
  const { dockerignore } = scaffolded(value, { 'index.md': '', 'README.md': '' });
  expect(dockerignore).not.toContain('\n*.md\n');
});
