import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Detection, Ecosystem, Manifest } from '../ecosystem.ts';
import { baseImage, runtimeImage } from '../images.ts';
import { readManifest } from '../manifest.ts';
import type { Options } from '../options/schema.ts';
import type { BuildPlan, RuntimeFamily } from '../plan.ts';
import { readJson, textAt } from '../project/documents.ts';
import type { Project } from '../project/project.ts';
import { temporaryFolder } from './fake.ts';
import { checkEcosystem } from './kit.ts';
import { problemText } from './problem.ts';

const manifest = {
  contract: 1,
  id: 'toy',
  title: 'Toy',
  markers: ['toy.json'],
  runtimes: ['alpine'],
  port: 8080,
  options: { main: { type: 'string', description: 'The program' } },
  ignore: ['out'],
  images: { toy: { title: 'Toy', default: '1.2', versions: { '1.2': { images: { build: 'toy:1.2-alpine3.24' } } } } },
};

/** A small ecosystem as somebody would contribute it: its files by path, without golden files. */
export const toyFiles: Readonly<Record<string, string>> = {
  'toy/ecosystem.json': JSON.stringify(manifest, null, 2),
  'toy/toolchain.hbs': '# toolchain has the compiler\nFROM --platform=$BUILDPLATFORM {{image}} AS toolchain\n',
  'toy/deps.hbs':
    '# deps downloads what toy.json names\nFROM toolchain AS deps\nRUN --mount=type=bind,source=toy.json,target=toy.json \\\n    toy fetch\n',
  'toy/build.hbs':
    '# build compiles the program\nFROM deps AS build\nWORKDIR /src\nCOPY . .\n{{> inputs}}\nRUN toy make {{shell main}} \\\n    && mv app /out\n',
  'toy/fixtures/hello/case.json': JSON.stringify({
    about: 'says hello',
    run: { output: 'hello' },
    edit: { file: 'main.toy', find: 'hello', replace: 'goodbye' },
  }),
  'toy/fixtures/hello/project/toy.json': '{\n  "name": "greeter",\n  "main": "main.toy"\n}\n',
  'toy/fixtures/hello/project/main.toy': 'say hello\n',
  'toy/fixtures/hello/project/lib/b.toy': '\n',
  'toy/fixtures/hello/project/lib/a.toy': '\n',
};

function plan(options: Options, main: string, change: Partial<BuildPlan>): BuildPlan {
  const family = String(options.runtime) as RuntimeFamily;
  const image = runtimeImage(family, 'toy', '1.2');
  return {
    ecosystem: 'toy',
    images: [{ template: 'toy/toolchain', values: { image: baseImage('toy', '1.2', 'build') } }],
    stages: [{ template: 'toy/deps' }, { template: 'toy/build', values: { main } }],
    runtime: {
      family,
      ...(image !== undefined && { image }),
      artifacts: [{ stage: 'build', src: '/out', dest: '/usr/local/bin/app' }],
      labels: { 'org.opencontainers.image.title': String(options.name) },
      entrypoint: ['/usr/local/bin/app'],
    },
    ignore: [],
    needs: ['toy.json'],
    ...change,
  };
}

/** What the toy's code is changed to do: parts of its plan, by the project and the options. */
export type PlanChange = (project: Project, options: Options) => Partial<BuildPlan>;

const detect =
  (change: PlanChange): Ecosystem['detect'] =>
  (project, given): Detection => {
    const file = readJson(project, 'toy.json');
    const line = file.line('name');
    const main = String(given.main ?? textAt(file.value, 'main'));
    return {
      facts: [{ name: 'name', value: 'toy', place: { file: 'toy.json', ...(line !== undefined && { line }) } }],
      found: { name: 'toy', main },
      suggested: {},
      choices: {},
      unused: ['port'],
      notes: [],
      plan: (options) => plan(options, main, change(project, options)),
    };
  };

/** The toy in a folder that lasts as long as the test, with changed files, or with another plan. */
export function toy(files: Readonly<Record<string, string>> = {}, change: PlanChange = () => ({})): Ecosystem {
  const house = temporaryFolder({ ...toyFiles, ...files });
  const folder = join(house, 'toy');
  return { manifest: lenient(folder), folder, overrides: join(house, 'house'), detect: detect(change) };
}

/** The manifest, also of one that a test broke on purpose. */
function lenient(folder: string): Manifest {
  try {
    return readManifest(folder);
  } catch {
    return JSON.parse(readFileSync(join(folder, 'ecosystem.json'), 'utf8'));
  }
}

/** Writes the golden files of an ecosystem, as `npm run golden` does. */
export function writeGolden(ecosystem: Ecosystem): void {
  process.env.MSB_UPDATE_GOLDEN = '1';
  checkEcosystem(ecosystem);
  delete process.env.MSB_UPDATE_GOLDEN;
}

/** What the kit says about an ecosystem; paths are relative to the folder that it is in. */
export const said = (ecosystem: Ecosystem): readonly string[] =>
  checkEcosystem(ecosystem).map((problem) => problemText(problem).replaceAll(`${dirname(ecosystem.folder)}/`, ''));

/** The same, with golden files that were written before. */
export function complaints(ecosystem: Ecosystem): readonly string[] {
  writeGolden(ecosystem);
  return said(ecosystem);
}
