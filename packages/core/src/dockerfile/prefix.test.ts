import { expect, test } from 'vitest';
import { prefixStages, stageNames } from './prefix.ts';

const names = new Set(['deps', 'build', 'node']);

test.each([
  ['FROM --platform=$BUILDPLATFORM node:24 AS node', 'FROM --platform=$BUILDPLATFORM node:24 AS web-node'],
  ['FROM node AS build', 'FROM web-node AS web-build'],
  ['FROM other AS mine', 'FROM other AS mine'],
  ['# build compiles what deps has', '# web-build compiles what deps has'],
  ['# builds are cached', '# builds are cached'],
  ['COPY --link --from=build /a /b', 'COPY --link --from=web-build /a /b'],
  ['COPY --from=deps:1 /a /b', 'COPY --from=deps:1 /a /b'],
  ['COPY build deps', 'COPY build deps'],
  ['RUN --mount=from=deps,target=/x make', 'RUN --mount=from=web-deps,target=/x make'],
  ['    --mount=type=bind,from=deps,target=/x \\', '    --mount=type=bind,from=web-deps,target=/x \\'],
  ['RUN --mount=type=cache,target=/x a,from=deps', 'RUN --mount=type=cache,target=/x a,from=deps'],
])('%s', (line, expected) => {
  expect(prefixStages(line, 'web', names)).toBe(expected);
});

test('stage names', () => {
  expect(stageNames('FROM a AS b\nFROM c\nFROM d as e\n')).toEqual(['b', 'e']);
});
