import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { baseImage } from '../images.ts';
import { wantsTests } from '../options/schema.ts';
import { complaints, type PlanChange, said, toy, toyFiles, writeGolden } from './fake-toy.ts';
import { checkOverrides } from './overrides.ts';
import { problemText } from './problem.ts';

const file = (name: string): string => toyFiles[`toy/${name}`] ?? '';
const build = file('build.hbs');
const toolchain = file('toolchain.hbs');
const manifest = file('ecosystem.json');

/** A change of the toy, and the problem that the kit has to have with it: file and line, what is wrong, the mend. */
interface Break {
  readonly what: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly plan?: PlanChange;
  readonly problem: readonly [place: string, message: RegExp, mend: RegExp];
}

/** The run half of alpine, as a house that overrides it may write it. */
const alpine = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'house/_runtime/alpine.hbs': [
    '# {{target}} is what ships',
    'FROM runtime-base AS {{target}}',
    '{{> ship}}',
    ...lines,
    '',
  ].join('\n'),
});

const breaks: readonly Break[] = [
  {
    what: 'an undeclared value',
    files: { 'toy/build.hbs': build.replace('{{shell main}}', '{{shell mian}}') },
    problem: ['toy/build.hbs:6', /uses mian, which its plan does not declare/, /Declared are main/],
  },
  {
    what: 'a COPY source that is missing',
    files: { 'toy/build.hbs': build.replace('COPY . .', 'COPY . .\nCOPY toy.lock .') },
    problem: ['toy/build.hbs:5', /toy\.lock does not exist/, /Correct the path/],
  },
  {
    what: 'root as the user',
    files: alpine('USER root'),
    problem: ['house/_runtime/alpine.hbs:4', /USER root/, /Let core write the last stage/],
  },
  {
    what: 'an image that nobody pinned',
    files: { 'toy/toolchain.hbs': toolchain.replace('{{image}}', 'toy') },
    problem: ['toy/toolchain.hbs:2', /toy names no version/, /Write \{\{image\}\}/],
  },
  {
    what: 'RUN in the last stage',
    files: alpine('RUN apk add curl'),
    problem: ['house/_runtime/alpine.hbs:4', /The last stage runs a command/, /a stage of its own/],
  },
  {
    what: 'the shell form',
    files: alpine('CMD app --serve'),
    problem: ['house/_runtime/alpine.hbs:4', /CMD is in shell form/, /as a list/],
  },
  {
    what: 'the typo of a stage',
    files: { 'toy/build.hbs': build.replace('FROM deps', 'FROM dpes') },
    problem: ['toy/build.hbs:2', /dpes names no version/, /Stages are toolchain, runtime-base, deps, build, runtime/],
  },
  {
    what: 'a tab',
    files: { 'toy/build.hbs': build.replace('    && mv', '\t&& mv') },
    problem: ['toy/build.hbs:7', /It has a tab/, /four blanks/],
  },
  {
    what: 'Windows line ends',
    files: { 'toy/build.hbs': build.replaceAll('\n', '\r\n') },
    problem: ['toy/build.hbs:1', /Windows line ends/, /LF/],
  },
  {
    what: 'latest',
    files: { 'toy/ecosystem.json': manifest.replace('toy:1.2-alpine3.24', 'toy:latest') },
    problem: ['toy/ecosystem.json:28', /is "toy:latest"/, /a tag other than latest/],
  },
  {
    what: 'a secret in ENV',
    files: { 'toy/deps.hbs': file('deps.hbs').replace('RUN', 'ENV TOY_TOKEN=x\nRUN') },
    problem: ['toy/deps.hbs:3', /TOY_TOKEN would stay/, /--mount=type=secret/],
  },
  {
    what: 'a source that is ignored',
    files: {
      'toy/build.hbs': build.replace('COPY . .', 'COPY . .\nCOPY node_modules/x .'),
      'toy/fixtures/hello/project/node_modules/x': '',
    },
    problem: ['toy/build.hbs:5', /keeps node_modules\/x out/, /in a stage of its own/],
  },
  {
    what: 'an order that the host decides',
    files: { 'toy/build.hbs': build.replace('{{shell main}}', '{{sources}}') },
    plan: ({ tree }) => ({
      stages: [
        { template: 'toy/deps' },
        { template: 'toy/build', values: { sources: tree.children('lib').join(' ') } },
      ],
    }),
    problem: ['toy/build.hbs:6', /Another host gets/, /project\.list/],
  },
  ...Object.entries({
    'the time zone': () => String(new Date(0).getHours()),
    'the clock': () => String(new Date().getFullYear()),
    'the language': () => 'iI'.toLocaleUpperCase(),
    'an order by the language': () => ['a', 'b'].sort((a, b) => a.localeCompare(b)).join(''),
    'the system': () => process.arch,
    'the name of the host': () => hostname(),
    'a variable': () => process.env.PATH ?? 'none',
  }).map(
    ([what, read]): Break => ({
      what: `what the host decides: ${what}`,
      files: { 'toy/build.hbs': build.replace('{{shell main}}', '{{shell host}}') },
      plan: () => ({ stages: [{ template: 'toy/deps' }, { template: 'toy/build', values: { host: read() } }] }),
      problem: ['toy/build.hbs:6', /Another host gets/, /no clock, no chance, no environment/],
    }),
  ),
  {
    what: 'a line end that the host decides',
    files: { 'toy/build.hbs': build.replace('{{shell main}}', '{{shell length}}') },
    plan: ({ tree }) => ({
      stages: [
        { template: 'toy/deps' },
        { template: 'toy/build', values: { length: String(tree.read('main.toy', 'utf8')?.length) } },
      ],
    }),
    problem: ['toy/build.hbs:6', /Another host gets/, /project\.text/],
  },
  {
    what: 'a key that the manifest does not have',
    files: { 'toy/ecosystem.json': manifest.replace('"title"', '"tilte"') },
    problem: ['toy/ecosystem.json:4', /tilte means nothing/, /known are .*title/],
  },
  {
    what: 'a stage that nothing uses',
    files: { 'toy/build.hbs': build.replace('FROM deps', 'FROM toolchain') },
    problem: ['toy/deps.hbs:2', /Nothing uses the stage deps/, /Plan it only when/],
  },
  {
    what: 'a stage of tests that changes another one',
    files: {
      'toy/build.hbs': build.replace('toy make', 'toy {{how}}'),
      'toy/test.hbs': '# test runs the tests\nFROM build AS test\nRUN toy test\n',
    },
    plan: (_, options) => ({
      stages: [
        { template: 'toy/deps' },
        { template: 'toy/build', values: { main: 'main.toy', how: wantsTests(options) ? 'make --debug' : 'make' } },
        ...(wantsTests(options) ? [{ template: 'toy/test' }] : []),
      ],
    }),
    problem: ['toy/index.js', /The stage test changes another one: "# build compiles/, /leave those that ship/],
  },
  // Beyond the usual ones.
  {
    what: 'a tag in a template',
    files: { 'toy/toolchain.hbs': toolchain.replace('{{image}}', 'toy:1.3') },
    problem: ['toy/toolchain.hbs:2', /It names the image toy:1\.3/, /baseImage\(\)/],
  },
  {
    what: 'an image that is in no data',
    plan: () => ({ images: [{ template: 'toy/toolchain', values: { image: 'toy:7' } }] }),
    problem: ['toy/toolchain.hbs:2', /The image toy:7 is in no data/, /ecosystem\.json/],
  },
  {
    what: 'a value that is not quoted',
    files: { 'toy/build.hbs': build.replace('{{shell main}}', '{{main}}') },
    problem: ['toy/build.hbs:6', /The option main gets into RUN/, /\{\{shell\}\}/],
  },
  {
    what: 'a template that is not there',
    plan: () => ({ stages: [{ template: 'toy/biuld' }] }),
    problem: ['toy/biuld.hbs', /names the template toy\/biuld/, /name one of build, deps, toolchain/],
  },
  {
    what: 'an artifact of a stage that is not there',
    plan: () => ({
      runtime: {
        family: 'alpine',
        image: 'alpine:3.24',
        artifacts: [{ stage: 'biuld', src: '/out', dest: '/app' }],
        entrypoint: ['/app'],
      },
    }),
    problem: ['toy/index.js', /COPY takes files from biuld/, /Stages are/],
  },
  {
    what: 'a helper that is not there',
    files: { 'toy/build.hbs': build.replace('{{shell main}}', '{{upper main}}') },
    problem: ['toy/build.hbs:6', /There is no helper upper/, /exec, quoted, shell/],
  },
  {
    what: 'a block that is not closed',
    files: { 'toy/build.hbs': `${build}{{#if main}}\n` },
    problem: ['toy/build.hbs:9', /Handlebars cannot read it/, /Close each/],
  },
  {
    what: 'two stages in one file',
    files: { 'toy/build.hbs': `${build}\n# b is more\nFROM build AS b\n` },
    problem: ['toy/build.hbs:10', /It has 2 FROM lines/, /a file of its own/],
  },
  {
    what: 'a stage without a comment',
    files: { 'toy/build.hbs': build.replace('# build', '# It') },
    problem: ['toy/build.hbs:2', /No comment describes the stage build/, /# build /],
  },
  {
    what: 'an option that is no word',
    files: { 'toy/ecosystem.json': manifest.replace('"main": {', '"toy-main": {') },
    problem: ['toy/ecosystem.json', /toy-main/, /goVersion/],
  },
  {
    what: 'a version that nothing answered',
    plan: ({ folder }) => ({
      images: [{ template: 'toy/toolchain', values: { image: baseImage('toy', `${folder}undefined`, 'build') } }],
    }),
    problem: ['toy/index.js', /toy undefined build/, /let detect find or suggest/],
  },
  {
    what: 'code that throws',
    plan: () => {
      throw new TypeError('x is undefined');
    },
    problem: ['toy/index.js', /It threw TypeError: x is undefined/, /MsbError/],
  },
];

test('the toy conforms as it is', () => expect(complaints(toy())).toEqual([]));

describe('the kit catches', () => {
  test.each(breaks)('$what', ({ files, plan, problem: [place, message, mend] }) => {
    const all = complaints(toy(files, plan));
    const found = all.find((text) => text.startsWith(`${place}\n`) && message.test(text));
    expect(found ?? all.join('\n')).toMatch(mend);
  });

  test('a golden file that says something else', () => {
    const ecosystem = toy();
    writeGolden(ecosystem);
    const golden = join(ecosystem.folder, 'fixtures/hello/expected/alpine.Dockerfile');
    writeFileSync(golden, readFileSync(golden, 'utf8').replace('toy fetch', 'toy get'));
    expect(said(ecosystem)).toEqual([
      expect.stringMatching(
        /^toy\/fixtures\/hello\/expected\/alpine\.Dockerfile:16\n.*toy get.*toy fetch.*\n.*MSB_UPDATE_GOLDEN/,
      ),
    ]);
  });

  test('a golden file that nothing makes any more', () => {
    const ecosystem = toy();
    writeGolden(ecosystem);
    writeFileSync(join(ecosystem.folder, 'fixtures/hello/expected/slim.Dockerfile'), '');
    expect(said(ecosystem)).toEqual([expect.stringMatching(/slim\.Dockerfile\n {2}Nothing makes this file\n.*alpine/)]);
  });
});

describe('of templates that replace others, the kit catches', () => {
  const replacing = (name: string, text: string): readonly string[] => {
    const ecosystem = toy({ [`house/${name}.hbs`]: text });
    const borrowed = { from: './house', replaced: [name] };
    return checkOverrides({ ...ecosystem, borrowed }).map((problem) =>
      problemText(problem).replaceAll(`${dirname(ecosystem.folder)}/`, ''),
    );
  };

  test('nothing, in a base image and a proxy of the house', () => {
    expect(replacing('_runtime/alpine.base', '# runtime-base is ours\nFROM house:1 AS runtime-base\n')).toEqual([]);
    expect(replacing('toy/toolchain', '# toolchain has our proxy\nFROM {{image}} AS toolchain\nENV PROXY=x\n')).toEqual(
      [],
    );
  });

  test.each([
    [
      'a root user',
      '_runtime/alpine',
      '# x\nFROM runtime-base AS {{target}}\n{{> ship}}\nUSER root\n',
      /alpine\.hbs:4\n.*USER root/,
    ],
    ['latest', '_runtime/alpine.base', '# x\nFROM house:latest AS runtime-base\n', /alpine\.base\.hbs:2\n.*latest/],
    [
      'another stage',
      'toy/toolchain',
      '# tools\nFROM {{image}} AS tools\n',
      /toolchain names no version[\s\S]*Stages are tools/,
    ],
    ['a value that is not there', 'toy/build', '# build\nFROM {{form}} AS build\n', /toy\/build\.hbs:2\n.*form/],
    ['a tab', 'toy/toolchain', '# x\nFROM {{image}} AS toolchain\n\tENV A=b\n', /toolchain\.hbs:3\n.*tab/],
  ])('%s', (_, name, text, message) => expect(replacing(name, text).join('\n')).toMatch(message));
});
