import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeDockerfile } from '../compose.ts';
import { MsbError } from '../errors.ts';
import type { BuildPlan } from '../plan.ts';
import { codeOf, fakePlan, fakeTemplates, temporaryFolder } from '../testing/fake.ts';
import { type Instruction, parseDockerfile } from './parse.ts';
import { execArray, nameWord, oneLine, pathWord, quoted, shellWord } from './quote.ts';
import { execForm, rawWords } from './words.ts';

const controls = ['\n', '\r', '\t', '\0', '\u0085', '\u2028', '\u2029', '\ufeff', '\u001b[2K', '\ud800', '\udc00'];
const reordering = ['\u200f', '\u202e', '\u2066', '\u061c'];
const syntax = [
  '"',
  "'",
  '$',
  `\${HOME}`,
  '$(id)',
  '`',
  '\\',
  '\\\\',
  ' ',
  '=',
  '*',
  '[a]',
  '~',
  '-',
  ',',
  ';',
  '&&',
  '..',
];
const lines = [
  '<<EOT',
  ' <<EOT ',
  '<<-E',
  '# x',
  '#',
  'FROM x',
  '\nRUN evil',
  '\\\nUSER 0',
  '["',
  '--from=x',
  '--mount=',
];
const parts = fc.constantFrom(...controls, ...reordering, ...syntax, ...lines, 'a', 'EOT', 'é', '日本', '😀');

/** Any text at all, and more often than not a nasty one. */
const anyText = fc.oneof(
  parts,
  fc.array(fc.oneof(parts, fc.constantFrom(...syntax, ...lines)), { maxLength: 6 }).map((each) => each.join('')),
  fc.string({ unit: 'binary' }),
  fc.string(),
);

/** A place that a project's text can get to, and how BuildKit reads it there. */
interface Spot {
  readonly put: (text: string) => BuildPlan;
  readonly get: (dockerfile: string) => unknown;
}

const plan = (main = 'main'): BuildPlan => fakePlan({ runtime: 'alpine', name: 'app', main, port: 80 });
const ship = (change: Partial<BuildPlan['runtime']>): BuildPlan => ({
  ...plan(),
  runtime: { ...plan().runtime, ...change },
});

function last(text: string, keyword: string, stage = -1): Instruction {
  const found = parseDockerfile(text)
    .stages.at(stage)
    ?.instructions.findLast((each) => each.keyword === keyword);
  if (found === undefined) throw new Error(`there is no ${keyword}`);
  return found;
}

/** The first of two pairs, read as BuildKit reads it: `\` takes the next `"`, `$` or `\` as it is. */
function firstPair({ args }: Instruction): string | undefined {
  const [first = '', ...rest] = rawWords(args);
  expect(rest).toEqual(['B="after"']);
  const inner = /^A="([\s\S]*)"$/.exec(first)?.[1];
  expect(inner).not.toMatch(/^(?:\\.|[^\\])*?(?<!\\)(?:\\\\)*[$"]/);
  return inner?.replace(/\\(["$\\])/g, '$1');
}

const spots: Readonly<Record<string, Spot>> = {
  label: { put: (text) => ship({ labels: { A: text, B: 'after' } }), get: (text) => firstPair(last(text, 'LABEL')) },
  'value of ENV': {
    put: (text) => ship({ env: { A: text, B: 'after' } }),
    get: (text) => firstPair(last(text, 'ENV')),
  },
  'name of ENV': {
    put: (text) => ship({ env: { [text]: 'x' } }),
    get: (text) => last(text, 'ENV').args.replace(/="x"$/, ''),
  },
  argument: {
    put: (text) => ship({ cmd: ['before', text, 'after'] }),
    get: (text) => execForm(last(text, 'CMD'))?.[1],
  },
  'start command': {
    put: (text) => ship({ entrypoint: [text] }),
    get: (text) => execForm(last(text, 'ENTRYPOINT'))?.[0],
  },
  'working folder': { put: (text) => ship({ workdir: text }), get: (text) => last(text, 'WORKDIR').args },
  source: {
    put: (text) => ship({ artifacts: [{ stage: 'build', src: text, dest: '/x' }] }),
    get: (text) => execForm(last(text, 'COPY'))?.[0] ?? last(text, 'COPY').args.replace(/ \/x$/, ''),
  },
  target: {
    put: (text) => ship({ artifacts: [{ src: 'x', dest: text }] }),
    get: (text) => execForm(last(text, 'COPY'))?.[1] ?? last(text, 'COPY').args.replace(/^x /, ''),
  },
  stage: {
    put: (text) => ship({ artifacts: [{ stage: text, src: 'x', dest: '/x' }] }),
    get: (text) => last(text, 'COPY').flags.find(({ name }) => name === 'from')?.value,
  },
  'word of a command': { put: plan, get: (text) => shellWords([last(text, 'RUN', 3).args.slice('make '.length)])[0] },
};

/** What a real shell makes of words. */
function shellWords(words: readonly string[]): readonly string[] {
  const script = `printf '%s\\0' ${words.join(' ')}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** Composes, or says `undefined` for a value that is refused with the right error. Anything else is a failure. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof MsbError && error.code === 'unsafe-value') return undefined;
    throw error;
  }
}

const shape = (text: string): unknown =>
  parseDockerfile(text).stages.map((stage) => [
    stage.name,
    stage.image,
    stage.instructions.map(({ keyword, flags, heredocs }) => [keyword, flags.map(({ name }) => name), heredocs]),
  ]);

describe('any text is refused, or survives in a Dockerfile that keeps its shape:', () => {
  test.each(Object.entries(spots))('%s', (name, { put, get }) => {
    const fake = temporaryFolder(fakeTemplates);
    const expected = shape(composeDockerfile(put('plain'), { fake }));
    fc.assert(
      fc.property(anyText, (text) => {
        const composed = attempt(() => composeDockerfile(put(text), { fake }));
        if (composed === undefined) return;
        expect(shape(composed)).toEqual(expected);
        expect(composed).not.toMatch(/[\r\0\u0085\u2028\u2029]/);
        expect(get(composed)).toBe(text);
      }),
      { numRuns: name === 'word of a command' ? 100 : 300 },
    );
  });
});

test('a shell reads back every word', () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 50, maxLength: 50 }), (texts) => {
      const safe = texts.filter((text) => attempt(() => shellWord(text)) !== undefined);
      expect(shellWords(safe.map((text) => shellWord(text)))).toEqual(safe);
    }),
    { numRuns: 10 },
  );
});

test('one line of text is always printable, and text that is stays as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(attempt(() => quoted(oneLine(text)))).toBeDefined();
      expect(oneLine(oneLine(text))).toBe(oneLine(text));
    }),
  );
  expect(oneLine('  a\r\n\tb\u2028 c\ud800 ')).toBe('a b c');
  expect(oneLine('“naïve” 😀 日本')).toBe('“naïve” 😀 日本');
});

test.each([...controls, ...reordering])('%j is refused everywhere', (char) => {
  const text = `a${char}b`;
  const all = [quoted, shellWord, (value: string) => execArray([value]), nameWord, pathWord];
  for (const write of all) expect(codeOf(() => write(text, 'It'))).toBe('unsafe-value');
});

test('what needs no quotes has none', () => {
  expect([shellWord('./cmd/a-b:1'), shellWord(''), shellWord("it's"), shellWord('$x')]).toEqual([
    './cmd/a-b:1',
    "''",
    `'it'\\''s'`,
    "'$x'",
  ]);
  expect(quoted('a "b" $c \\d')).toBe('"a \\"b\\" \\$c \\\\d"');
  expect(execArray(['/a', '$b "c"'])).toBe('["/a", "$b \\"c\\""]');
});

test.each([
  ['cmd/server', true],
  ['./a_b-c+d@e~1', true],
  ['/überall/日本', true],
  ['', false],
  ['-rf', false],
  ['~/x', false],
  ['a b', false],
  ['a,b', false],
  ['*.go', false],
  ['$HOME', false],
])('path %j: %s', (path, fine) => {
  expect(codeOf(() => pathWord(path, 'It'))).toBe(fine ? 'no error' : 'unsafe-value');
});

test.each([
  ['app', true],
  ['0-a.b_c', true],
  ['', false],
  ['.app', false],
  ['a/b', false],
  ['é', false],
])('name %j: %s', (name, fine) => {
  expect(codeOf(() => nameWord(name, 'It'))).toBe(fine ? 'no error' : 'unsafe-value');
});

test('the error names the value so that it can be read', () => {
  expect(() => quoted('a\nb', 'The title')).toThrow('The title can\'t be written into a Dockerfile: "a\\nb"');
});
