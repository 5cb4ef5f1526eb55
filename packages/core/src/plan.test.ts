import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDockerfile } from './check/check.ts';
import { composeDockerfile } from './compose.ts';
import { type Dockerfile, type Instruction, parseDockerfile, type Stage } from './dockerfile/parse.ts';
import { mountFields } from './dockerfile/words.ts';
import { composeIgnore } from './ignore/compose.ts';
import { type BuildPlan, joinFrontEnd } from './plan.ts';
import { Project } from './project/project.ts';
import { runtimeFolder, type TemplateFolders } from './render/templates.ts';
import { fakePlan, fakeTemplates, temporaryFolder } from './testing/fake.ts';
import { MemoryTree } from './tree/memory.ts';

const project = new Project(new MemoryTree({ 'fake.json': '', 'package.json': '', 'go.mod': '' }));
const artifact = { stage: 'build', src: '/app/dist', dest: './web/dist' };

const stageOf = (dockerfile: Dockerfile, name: string): Stage => {
  const stage = dockerfile.stages.find((candidate) => candidate.name === name);
  if (stage === undefined) throw new Error(`there is no stage ${name}`);
  return stage;
};

/** Every stage that something refers to: FROM, --from= and a mount's from=. */
const references = (dockerfile: Dockerfile): readonly string[] =>
  dockerfile.stages.flatMap(({ image, instructions }) => [
    image,
    ...instructions.flatMap(({ flags }) =>
      flags.flatMap((flag) =>
        flag.name === 'from' ? flag.value : flag.name === 'mount' ? (mountFields(flag).from ?? []) : [],
      ),
    ),
  ]);

/** What must hold of two ecosystems in one Dockerfile, whoever they are. */
function expectJoined(plan: BuildPlan, folders: TemplateFolders, webStages: readonly string[]): void {
  const text = composeDockerfile(plan, folders);
  const dockerfile = parseDockerfile(text);
  const names = dockerfile.stages.flatMap(({ name }) => name ?? []);
  expect(names.filter((name) => name.startsWith('web-'))).toEqual(webStages);
  for (const name of references(dockerfile)) {
    if (!/[:/]/.test(name) && name !== 'scratch') expect(names, `${name} is referred to`).toContain(name);
  }
  for (const { name, from } of dockerfile.stages) expect(from.comment.join('\n')).toMatch(new RegExp(`^${name} `));
  const { instructions } = stageOf(dockerfile, 'build');
  const where = (found: (instruction: Instruction) => boolean): number => instructions.findIndex(found);
  const sources = where(({ keyword, args }) => keyword === 'COPY' && args === '. .');
  const input = where(({ flags }) => flags.some(({ name, value }) => name === 'from' && value === 'web-build'));
  expect(instructions[input]?.args).toBe('/app/dist ./web/dist');
  expect(instructions[input]?.flags.map(({ name }) => name)).toEqual(['link', 'from']);
  expect([sources < input, input < where(({ keyword }) => keyword === 'RUN')]).toEqual([true, true]);
  const dockerignore = composeIgnore(project, plan.ignore, plan.needs);
  expect(checkDockerfile(text, { project, dockerignore, needs: plan.needs })).toEqual([]);
}

describe('a front end joined to a program', () => {
  const program = fakePlan({ runtime: 'scratch', name: 'app', main: 'main', port: 80 });

  test('made of two tiny ecosystems', () => {
    const folders = {
      fake: temporaryFolder(fakeTemplates),
      front: temporaryFolder({
        'toolchain.hbs': '# toolchain has what the front end needs\nFROM {{image}} AS toolchain\n',
        'deps.hbs': '# deps downloads with toolchain\nFROM toolchain AS deps\nRUN fetch\n',
        'build.hbs':
          '# build bundles\nFROM toolchain AS build\nWORKDIR /app\nCOPY . .\n{{> inputs}}\nCOPY --link --from=deps /a /b\n' +
          'RUN --mount=type=bind,from=deps,source=/a,target=/a bundle\n',
      }),
    };
    const front = {
      images: [{ template: 'front/toolchain', values: { image: 'front:1.0' } }],
      stages: [{ template: 'front/deps' }, { template: 'front/build' }],
      ignore: ['web/dist'],
      needs: ['package.json'],
    };
    const plan = joinFrontEnd(program, 'fake/build', { prefix: 'web', plan: front, artifact });
    expectJoined(plan, folders, ['web-toolchain', 'web-deps', 'web-build']);
    expect([plan.ignore, plan.needs]).toEqual([['web/dist'], ['fake.json', 'package.json']]);
    const build = stageOf(parseDockerfile(composeDockerfile(plan, folders)), 'web-build');
    expect(build.instructions.flatMap(({ flags }) => flags.map(({ value }) => value))).toEqual([
      '',
      'web-deps',
      'type=bind,from=web-deps,source=/a,target=/a',
    ]);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('may lie in a folder of the context', () => {
    const values = program.stages.find(({ template }) => template === 'fake/build')?.values ?? {};
    const plan = joinFrontEnd(program, 'fake/build', {
      prefix: 'web',
      folder: 'ui',
      plan: {
        images: [],
        stages: [{ template: 'fake/build', values }],
        ignore: ['dist', '**/.cache', '!dist/x'],
        needs: ['package.json'],
        waived: ['X'],
      },
      artifact,
    });
    expect([plan.ignore, plan.waived]).toEqual([['ui/dist', '**/.cache', '!ui/dist/x'], ['X']]);
    expect(plan.needs).toContain('ui/package.json');
    const dockerfile = parseDockerfile(composeDockerfile(plan, { fake: temporaryFolder(fakeTemplates) }));
    const args = (name: string): readonly string[] => stageOf(dockerfile, name).instructions.map((found) => found.args);
    expect(args('web-build')).toContain('ui .');
    expect(args('build')).toContain('. .');
  });

  test('needs the stage that it is copied into', () => {
    const front = { prefix: 'web', plan: { images: [], stages: [], ignore: [], needs: [] }, artifact };
    expect(() => joinFrontEnd(program, 'fake/none', front)).toThrow('the plan has no stage fake/none');
    const elsewhere = joinFrontEnd(program, 'fake/deps', front);
    expect(() => composeDockerfile(elsewhere, { fake: temporaryFolder(fakeTemplates) })).toThrow(/deps.hbs has no/);
  });

  test('may bring a file of the build context', () => {
    const front = {
      prefix: 'web',
      plan: { images: [], stages: [], ignore: [], needs: [] },
      artifact: { src: 'a', dest: 'b' },
    };
    const plan = joinFrontEnd(program, 'fake/build', front);
    expect(composeDockerfile(plan, { fake: temporaryFolder(fakeTemplates) })).toContain('\nCOPY --link a b\nRUN ');
  });
});

const templates = join(runtimeFolder(), '..');
const landed = ['go/build', 'node/build', 'node/npm-deps'].every((name) => existsSync(join(templates, `${name}.hbs`)));

test.skipIf(!landed)('a front end by Node, embedded by Go, shipped on scratch', () => {
  const mounts = ['type=bind,source=package.json,target=package.json'];
  const comments: readonly string[] = [];
  const front = {
    images: [{ template: 'node/toolchain', values: { image: 'node:24-trixie-slim' } }],
    stages: [
      {
        template: 'node/npm-deps',
        values: { from: 'toolchain', workdir: '/app', allow: undefined, mounts, comments, commands: 'npm ci' },
      },
      {
        template: 'node/build',
        values: { from: 'deps', workdir: '/app', source: '. .', comments, commands: 'npm run build' },
      },
    ],
    ignore: ['web/dist'],
    needs: ['package.json'],
  };
  const program: BuildPlan = {
    ecosystem: 'go',
    images: [{ template: 'go/toolchain', values: { image: 'golang:1.27-alpine3.24' } }],
    stages: [
      {
        template: 'go/build',
        values: {
          from: 'toolchain',
          flags: '-trimpath',
          output: '/out/app',
          mains: '.',
          credentials: undefined,
          version: undefined,
        },
      },
    ],
    runtime: {
      family: 'scratch',
      artifacts: [{ stage: 'build', src: '/out/app', dest: '/app' }],
      entrypoint: ['/app'],
    },
    ignore: [],
    needs: ['go.mod'],
  };
  const folders = { go: join(templates, 'go'), node: join(templates, 'node') };
  const plan = joinFrontEnd(program, 'go/build', { prefix: 'web', plan: front, artifact });
  expectJoined(plan, folders, ['web-toolchain', 'web-deps', 'web-build']);
});
