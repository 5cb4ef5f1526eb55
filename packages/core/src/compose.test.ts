import { expect, test } from 'vitest';
import { composeDockerfile, isOurs } from './compose.ts';
import { parseDockerfile } from './dockerfile/parse.ts';
import type { BuildPlan } from './plan.ts';
import { type Site, siteRuntime } from './site.ts';
import { codeOf, fakePlan, fakeTemplates, temporaryFolder } from './testing/fake.ts';

const compose = (plan: BuildPlan, templates = fakeTemplates): string =>
  composeDockerfile(plan, { fake: temporaryFolder(templates) });
const alpine = fakePlan({ runtime: 'alpine', name: 'app', main: 'main', port: 80 });
const stages = (plan: BuildPlan): readonly string[] =>
  parseDockerfile(compose(plan)).stages.map(({ name, image }) => `${image} AS ${name}`);

test('external images come first, the image that ships comes last', () => {
  expect(stages(alpine)).toEqual([
    'toolchain:1.2 AS toolchain',
    'alpine:3.24 AS runtime-base',
    'toolchain AS deps',
    'deps AS build',
    'runtime-base AS runtime',
  ]);
});

test('scratch gets a stage of its own for the files it lacks', () => {
  const scratch = fakePlan({ runtime: 'scratch', name: 'app', main: 'main', port: 80 });
  expect(stages(scratch).at(1)).toMatch(/^alpine:\d+\.\d+ AS rootfs$/);
  expect(stages(scratch).at(-1)).toBe('scratch AS runtime');
  expect(compose(scratch)).toContain('COPY --from=rootfs /rootfs/ /');
});

test('an ecosystem may bring the base itself', () => {
  const { image: _, ...runtime } = alpine.runtime;
  const own = { 'base.hbs': '# runtime-base is mine\nFROM toolchain AS runtime-base\n' };
  const plan = { ...alpine, runtime, stages: [{ template: 'fake/base' }, ...alpine.stages] };
  const text = compose(plan, { ...fakeTemplates, ...own });
  expect(text.match(/AS runtime-base/g)).toHaveLength(1);
});

test('the last stage, whole', () => {
  const runtime = {
    ...alpine.runtime,
    workdir: '/app',
    env: { A: '1', B: 'two words' },
    artifacts: [...alpine.runtime.artifacts, { src: 'static', dest: './static' }],
    cmd: ['serve', '--all'],
  };
  expect(compose({ ...alpine, runtime })).toMatch(
    /AS runtime\nWORKDIR \/app\nENV A="1" \\\n {4}B="two words"\nLABEL [^\n]+\nCOPY --link --from=build \/out\/app \/app\nCOPY --link static \.\/static\n# [^\n]+\nUSER 65532:65532\nEXPOSE 80\nENTRYPOINT \["\/app"\]\nCMD \["serve", "--all"\]\n$/,
  );
});

test('what ships of a folder may leave something behind', () => {
  const copied = (exclude: readonly string[]): string =>
    compose({ ...alpine, runtime: { ...alpine.runtime, artifacts: [{ src: 'web', dest: './', exclude }] } });
  expect(copied(['test', '**/*.test.*'])).toContain(
    'COPY --link \\\n     --exclude=test \\\n     --exclude=**/*.test.* \\\n     web ./\n',
  );
  expect(copied([])).toContain('COPY --link web ./\n');
  expect(() => copied(['a b'])).toThrow("can't be written into a Dockerfile");
});

test('UDP ports stand behind the TCP port, and may stand alone', () => {
  const udp = [53, 853];
  expect(compose({ ...alpine, runtime: { ...alpine.runtime, udp } })).toContain('\nEXPOSE 80 53/udp 853/udp\n');
  const { port: _, ...rest } = alpine.runtime;
  expect(compose({ ...alpine, runtime: { ...rest, udp } })).toContain('\nEXPOSE 53/udp 853/udp\n');
});

test('several images share the build, each with a stage of its name; the main one comes last', () => {
  const { port: _, ...rest } = alpine.runtime;
  const other = { ...rest, target: 'migrate', entrypoint: ['/migrate'] };
  const text = compose({ ...alpine, runtime: { ...alpine.runtime, target: 'app' }, others: [other] });
  expect(parseDockerfile(text).stages.map(({ name }) => name)).toEqual([
    'toolchain',
    'runtime-base',
    'deps',
    'build',
    'migrate',
    'app',
  ]);
  expect(text).toContain('# migrate is what ships;');
  expect(text).toMatch(/EXPOSE 80\nENTRYPOINT \["\/app"\]\n$/);
  expect(text.match(/EXPOSE/g)).toHaveLength(1);
});

test('what serves nothing exposes nothing', () => {
  const { port: _, ...runtime } = alpine.runtime;
  expect(compose({ ...alpine, runtime })).not.toMatch(/EXPOSE|CMD/);
});

test('blocks are one empty line apart, and the same plan is the same text', () => {
  expect(compose(alpine)).not.toMatch(/\n\n\n|[ \t]\n|\n\n$/);
  expect(compose(alpine)).toBe(compose(JSON.parse(JSON.stringify(alpine))));
});

test.each(['A B', 'A=', 'A"', 'A\nUSER 0', ''])('%j is no name for a variable', (name) => {
  const runtime = { ...alpine.runtime, env: { [name]: 'x' } };
  expect(codeOf(() => compose({ ...alpine, runtime }))).toBe('unsafe-value');
});

test('a template that is not there', () => {
  expect(() => compose({ ...alpine, stages: [{ template: 'other/build' }] })).toThrow('names the template other/build');
});

test('isOurs', () => {
  expect(isOurs(`${compose(alpine).replaceAll('\n', '\r\n')}\r\nUSER 0`)).toBe(true);
  expect(isOurs('FROM x # Made by create-msb-docker ')).toBe(false);
});

test('the header shows how to swap an image that is there', () => {
  expect(compose(alpine)).toContain('docker build --build-context toolchain=');
  expect(compose({ ...alpine, images: [], stages: [] })).toContain('docker build --build-context runtime-base=');
});

test('a site: a server block instead of a program, run as the account of its base', () => {
  const site = { base: '/', fallback: '/index.html', immutable: ['/assets/', '-[0-9A-F]{8}\\.js$'] };
  const from = { stage: 'build', src: '/out/site' };
  const runtime = siteRuntime(site, from, { labels: {}, port: 8080 });
  expect(compose({ ...alpine, runtime })).toContain(`COPY --link <<'EOT' /etc/nginx/conf.d/default.conf
# a name with a hash of the content never means anything else; the rest is asked for again, mostly for a short 304
map $uri $cache_control {
  "~^/assets/" "public, max-age=31536000, immutable";
  "~-[0-9A-F]{8}\\.js$" "public, max-age=31536000, immutable";
  default "no-cache";
}
`);
  expect(compose({ ...alpine, runtime })).toMatch(
    /\n {2}location \/ \{ try_files \$uri \$uri\.html \$uri\/index\.html \/index\.html; \}\n[\s\S]+\nEOT\nCOPY --link --from=build \/out\/site\/ \/srv\/\n# [^\n]+\nUSER 101:101\nEXPOSE 8080\nENTRYPOINT \["\/usr\/sbin\/nginx"\]\nCMD \["-g", "daemon off;"\]\n$/,
  );
});

test('a site below a path: its pages have their own 404, and the root leads there', () => {
  const site = { base: '/docs/', immutable: ['/assets/'] };
  const text = compose({ ...alpine, runtime: siteRuntime(site, { stage: 'build', src: '/out' }, { port: 80 }) });
  expect(text).toContain('"~^/docs/assets/" ');
  expect(text).toContain('  location = / { return 302 /docs/; }\n  error_page 403 404 =404 /docs/404.html;\n');
  expect(text).toContain('location /docs/ { try_files $uri $uri.html $uri/ =404; }');
  expect(text).toContain('COPY --link --from=build /out/ /srv/docs/');
});

test.each(['/x y/', '/x;/', '/$uri/', '/x"/', '/x\n/'])('a site below %j is refused', (base) => {
  const plan = (site: Site) => ({ ...alpine, runtime: siteRuntime(site, { stage: 'build', src: '/out' }, {}) });
  expect(codeOf(() => compose(plan({ base, immutable: [] })))).toBe('unsafe-value');
  expect(codeOf(() => compose(plan({ base: '/', immutable: [base] })))).toBe('unsafe-value');
});

test('a check that is wrong here is waived for BuildKit and for us', () => {
  expect(compose({ ...alpine, waived: ['A', 'B'] })).toMatch(
    /^# syntax=docker\/dockerfile:1\n# check=skip=A,B\n\n# Made by/,
  );
  expect(compose(alpine)).toMatch(/^# syntax=docker\/dockerfile:1\n\n# Made by/);
});
