import type { Detection, Manifest } from '../ecosystem.ts';
import type { Options } from '../options/schema.ts';
import type { BuildPlan } from '../plan.ts';

/** The templates of a language that nobody speaks. */
export const fakeTemplates: Readonly<Record<string, string>> = {
  'toolchain.hbs': '# toolchain has the compiler\nFROM --platform=$BUILDPLATFORM {{image}} AS toolchain\n',
  'deps.hbs':
    '# deps downloads\nFROM toolchain AS deps\nRUN --mount=type=bind,source=fake.json,target=fake.json fetch\n',
  'build.hbs':
    '# build compiles\nFROM deps AS build\nCOPY . .\n{{> inputs}}\nRUN --mount=type=cache,target=/cache \\\n    make {{shell main}}\n',
};

/** A manifest of the language; `change` replaces parts of it. */
export const fakeManifest = (change: Partial<Manifest> = {}): Manifest => ({
  id: 'fake',
  title: 'Fake',
  markers: ['fake.json'],
  runtimes: ['alpine', 'scratch'],
  port: 8080,
  options: {
    main: { type: 'string', description: 'The program', 'x-prompt': 'Which program?' },
    fakeVersion: { type: 'string', description: 'The version', pattern: '^\\d+\\.\\d+$' },
    debug: { type: 'boolean', description: 'Symbols' },
  },
  ignore: ['out'],
  ...change,
});

/** What the fake finds: nothing is open but the runtime. `change` replaces parts of it. */
export const fakeDetection = (change: Partial<Detection> = {}): Detection => ({
  facts: [],
  found: { name: 'app', main: 'main', port: 8080 },
  suggested: {},
  choices: {},
  unused: [],
  notes: [],
  plan: (options) => fakePlan(options),
  ...change,
});

/** The plan of the fake. */
export const fakePlan = (options: Options, id = 'fake'): BuildPlan => ({
  ecosystem: id,
  images: [{ template: `${id}/toolchain`, values: { image: 'toolchain:1.2' } }],
  stages: [{ template: `${id}/deps` }, { template: `${id}/build`, values: { main: options.main } }],
  runtime: {
    family: options.runtime === 'scratch' ? 'scratch' : 'alpine',
    ...(options.runtime !== 'scratch' && { image: 'alpine:3.24' }),
    artifacts: [{ stage: 'build', src: '/out/app', dest: '/app' }],
    labels: { 'org.opencontainers.image.title': String(options.name) },
    entrypoint: ['/app'],
    port: Number(options.port),
  },
  ignore: [],
  needs: ['fake.json'],
});
