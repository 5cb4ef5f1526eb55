import { expect, test } from 'vitest';
import { ignoreMatcher } from '../ignore/match.ts';
import { followFiles } from './flow.ts';
import { parseDockerfile } from './parse.ts';

const flow = (text: string, ignore = '') => followFiles(parseDockerfile(text), ignoreMatcher(ignore));

const staged = `FROM node AS build
WORKDIR /app
COPY . .
RUN make
FROM build AS more
COPY extra/*.txt /texts/
FROM base AS runtime
WORKDIR /srv
COPY --link --from=build /app/dist ./dist
COPY --link --from=more --exclude=**/*.md /app/docs docs
COPY --link --from=more /texts /texts
COPY ["a file.txt", "LICENSE", "legal/"]
COPY config.yml /etc/app.yml
COPY --from=alpine:3 /etc /etc
`;

test.each([
  ['dist/main.js', ['/srv/dist/main.js']],
  ['docs/guide/one.txt', ['/srv/docs/guide/one.txt']],
  ['docs/guide/one.md', []],
  ['extra/words.txt', ['/texts/words.txt']],
  ['a file.txt', ['/srv/legal/a file.txt']],
  ['LICENSE', ['/srv/legal/LICENSE']],
  ['config.yml', ['/etc/app.yml']],
  ['src/main.ts', []],
])('%s arrives at %j', (path, places) => {
  expect(flow(staged).placesOf(path)).toEqual(places);
});

test('a stage is asked for by name, and has what the one below it has', () => {
  expect(flow(staged).placesOf('src/main.ts', 'build')).toEqual(['/app/src/main.ts']);
  expect(flow(staged).placesOf('extra/words.txt', 'more')).toEqual(['/app/extra/words.txt', '/texts/words.txt']);
});

test('what the ignore file keeps out arrives nowhere', () => {
  expect(flow(staged, 'docs').placesOf('docs/guide/one.txt')).toEqual([]);
  expect(flow(staged, '**/*.md').reaches('README.md')).toBe(false);
});

test('a mount is enough for the build', () => {
  const mounts = flow('FROM go AS deps\nRUN --mount=type=bind,source=go.mod,target=go.mod go mod download\n');
  expect([mounts.reaches('go.mod'), mounts.reaches('main.go')]).toEqual([true, false]);
  expect(mounts.placesOf('go.mod')).toEqual([]);
});
