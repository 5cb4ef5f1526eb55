import { expect, test } from 'vitest';
import { parseDockerfile } from './parse.ts';
import { contextPath, contextReads } from './reads.ts';

const reads = (line: string): readonly string[] =>
  contextReads(parseDockerfile(`FROM x\n${line}\n`)).map(({ path }) => path);

test.each([
  ['COPY a b/ /dest/', ['a', 'b/']],
  ['COPY --link --chown=1:1 ["a b", "/dest"]', ['a b']],
  ['COPY --from=build /out /', []],
  ['COPY <<EOT c /dest/\nbody\nEOT', ['c']],
  ['ADD https://example.com/x.tgz local.tgz /', ['local.tgz']],
  ['RUN --mount=type=bind,src=go.mod,dst=go.mod --mount=source=b,target=b x', ['go.mod', 'b']],
  ['RUN --mount=type=bind,target=/src x', ['.']],
  ['RUN --mount=type=bind,from=deps,source=a,target=a --mount=type=cache,target=/c x', []],
  ['WORKDIR /src', []],
])('%s', (line, expected) => {
  expect(reads(line)).toEqual(expected);
});

test('with the line of the instruction', () => {
  expect(contextReads(parseDockerfile('FROM x\n\nRUN \\\n  --mount=source=a,target=a \\\n  x'))).toEqual([
    { path: 'a', line: 3 },
  ]);
});

test.each([
  ['.', ''],
  ['./', ''],
  ['/', ''],
  ['/a/b/', 'a/b'],
  ['../../a', 'a'],
  ['..', ''],
  ['..a', '..a'],
])('the source %s lies at %j', (source, expected) => {
  expect(contextPath(source)).toBe(expected);
});
