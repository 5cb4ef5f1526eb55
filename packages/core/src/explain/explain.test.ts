import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { changesText, explain } from './explain.ts';
import { mermaid } from './mermaid.ts';
import { svg } from './svg.ts';
import { stepsText, treeText } from './text.ts';

const text = `# compiler is what compiles
FROM golang:1.27 AS compiler

# deps downloads; only go.mod and go.sum bring it back
FROM compiler AS deps
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=secret,id=netrc go mod download

FROM deps AS build
COPY . .
# cross-compiles
RUN go build -o /out/orders ./cmd/orders

FROM build AS test
RUN go test

FROM alpine:3.24 AS base
FROM base AS runtime
COPY --link --from=build /out/orders /usr/local/bin/orders
COPY --from=2 /etc/x /etc/x
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/orders"]
`;
const facts = [
  { name: 'Go', value: '1.27', place: { file: 'go.mod', line: 3 } },
  { name: 'main', value: './cmd/orders' },
  { name: 'port', value: '8080', place: { file: 'main.go', line: 41 } },
];
const notes = explain(parseDockerfile(text), facts);
const stage = (name: string) => notes.find((note) => note.name === name);

describe('explain', () => {
  test('says of each stage what makes it build anew, through all it is made of', () => {
    const changes = Object.fromEntries(notes.map((note) => [note.name, note.changes]));
    expect(changes).toEqual({
      compiler: [],
      deps: ['go.mod', 'go.sum'],
      build: ['.'],
      test: ['.'],
      base: [],
      runtime: ['.'],
    });
  });

  test('knows what a stage is made of, and whether it ships', () => {
    expect(stage('runtime')).toMatchObject({ base: 'base', image: undefined, ships: true });
    expect(stage('runtime')?.takes).toEqual([
      { from: 'build', path: '/usr/local/bin/orders' },
      { from: 'build', path: '/etc/x' },
    ]);
    expect(stage('test')?.ships).toBe(false);
    expect(stage('compiler')).toMatchObject({ image: 'golang:1.27', about: 'is what compiles' });
  });

  test('finds the facts behind a line', () => {
    const behind = notes.flatMap(({ steps }) => steps).filter((step) => step.facts.length > 0);
    expect(behind.map((step) => [step.line, ...step.facts.map(({ name }) => name)])).toEqual([
      [2, 'Go'],
      [12, 'main'],
      [19, 'main'],
      [22, 'port'],
      [23, 'main'],
    ]);
  });

  test('takes a comment for the reason, and knows what instructions are for', () => {
    const why = Object.fromEntries(notes.flatMap(({ steps }) => steps).map((step) => [step.line, step.why]));
    expect(why[12]).toBe('cross-compiles');
    expect(why[7]).toMatch(/keeps \/go\/pkg\/mod .*; reads the secret netrc, which stays in no layer/);
    expect(why[19]).toMatch(/a layer of its own/);
    expect(why[23]).toMatch(/SIGTERM reaches it/);
  });

  test.each([
    [{}, 'stays, whatever you change'],
    [{ reads: ['.'], after: 'deps' }, 'anew with every change'],
    [{ reads: ['a'] }, 'anew when a changes'],
    [{ reads: ['a', 'b', 'c'] }, 'anew when a, b or c change'],
    [{ reads: ['a', 'b', 'c', 'd', 'e'] }, 'anew when a, b or 3 more files change'],
    [{ after: 'deps' }, 'anew after deps'],
    [{ made: ['build'] }, 'anew when what build made changes'],
    [
      { reads: ['a'], after: 'deps', made: ['web', 'docs'] },
      'anew after deps, and when a or what web and docs made change',
    ],
  ])('%j → %s', (note, words) => {
    expect(changesText({ reads: [], after: undefined, made: [], ...note })).toBe(words);
  });
});

describe('as text', () => {
  test('a tree of stages', () => {
    expect(
      treeText(notes).replace(/ {2,}(?=golang|stays|anew|alpine)/g, ' | '),
    ).toBe(`  compiler | golang:1.27 · stays, whatever you change
   └─ deps | anew when go.mod or go.sum change
      └─ build | anew with every change
         └─ test | anew after build
         └─ runtime | anew when what build made changes
  base | alpine:3.24 · stays, whatever you change
`);
  });

  test('every instruction with its reason and evidence', () => {
    expect(stepsText(notes)).toContain('    22  EXPOSE 8080\n');
    expect(stepsText(notes)).toContain('← port 8080 (main.go:41)');
    expect(stepsText(notes)).toContain('test (not part of the image)');
  });
});

describe('as a picture', () => {
  const hostile = explain(parseDockerfile('FROM a:1 AS x"<&`#\nCOPY a"<b /\n'), []);

  test('Mermaid: a node for each stage, an arrow for each way', () => {
    const drawn = mermaid(notes);
    expect(drawn).toMatch(/^flowchart TD\n/);
    expect(drawn).toContain('s0 ==> s1');
    expect(drawn).toContain('s2 -. "/usr/local/bin/orders and 1 more" .-> s5');
    expect(drawn).toContain('style s3 stroke-dasharray');
    expect(mermaid(hostile)).toContain('<b>x#quot;#lt;&#96;#35;</b>');
  });

  test('SVG: well-formed, with both colour schemes, and nothing outside its frame', () => {
    const drawn = svg(notes);
    expect(drawn).toContain('prefers-color-scheme: dark');
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
    const [, width = '', height = ''] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(drawn) ?? [];
    for (const [, x = '', y = '', w = '', h = ''] of drawn.matchAll(
      /class="(?:box|ship|box aside)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g,
    )) {
      expect(Number(x) + Number(w)).toBeLessThanOrEqual(Number(width));
      expect(Number(y) + Number(h)).toBeLessThanOrEqual(Number(height));
    }
    expect(svg(hostile)).toContain('x&quot;&lt;&amp;`#');
  });
});
