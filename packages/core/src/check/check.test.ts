import { describe, expect, test } from 'vitest';
import { Project } from '../project/project.ts';
import { MemoryTree } from '../tree/memory.ts';
import { checkDockerfile } from './check.ts';

const project = new Project(new MemoryTree({ 'main.x': '', 'src/a': '', 'secret.txt': '' }));
const guards = ['.git', '**/.env', '**/.env.*', '**/node_modules', '**/*.key', '**/id_rsa*'];

const findings = (text: string, dockerignore: string, needs: readonly string[] = []): readonly string[] =>
  checkDockerfile(text, { project, dockerignore, needs }).map(({ rule, line }) => `${rule}:${line}`);

/** The end of every Dockerfile that has no findings. */
const last = (...lines: readonly string[]): string =>
  ['FROM alpine:3.24 AS runtime', ...lines, 'USER 65532:65532', 'ENTRYPOINT ["/app"]', ''].join('\n');
const after = (...lines: readonly string[]): string => `${lines.join('\n')}\n${last('COPY --from=build /a /b')}`;
const build = 'FROM toolchain:1.2 AS build';

type Row = readonly [rule: string, line: number, bad: string, good: readonly string[], dockerignore?: string];

const table: readonly Row[] = [
  ['UnknownStage', 2, last('COPY --from=build /a /b'), [after(build), last('COPY --from=busybox:1 /a /b')]],
  ['UnknownStage', 2, last('RUN --mount=from=gone,target=/x true'), [last('RUN --mount=from=a:1,target=/x true')]],
  ['UnknownStage', 2, after(build, 'COPY --from=runtime /a /b'), [after(build, 'COPY --from=$BASE /a /b')]],
  ['DuplicateStageName', 2, after(build, 'FROM toolchain:1.2 AS BUILD'), [after(build)]],
  [
    'UnusedStage',
    2,
    after(build, 'FROM toolchain:1.2 AS idle'),
    [
      after(build, 'FROM build AS test'),
      after('FROM toolchain:1.2 AS base', 'FROM Base AS build'),
      `FROM toolchain:1.2\n${last('COPY --from=0 /a /b')}`,
      after('FROM toolchain:1.2 AS Tools', 'FROM toolchain:1.2 AS build', 'RUN --mount=from=tools,target=/x true'),
    ],
  ],
  ['UnpinnedImage', 1, after('FROM golang AS build'), [after('FROM golang@sha256:0a AS build')]],
  ['UnpinnedImage', 1, after('FROM golang:latest AS build'), [after('FROM host:5000/golang:1.2 AS build')]],
  ['UnpinnedImage', 1, after('FROM host:5000/golang AS build'), [after('FROM golang:$VERSION AS build')]],
  [
    'InvalidDefinitionDescription',
    2,
    after('# compiles', build),
    [
      after('# build compiles', build),
      after('# compiles', '', build),
      after('# one', '# build two', build),
      after('# syntax=docker/dockerfile:1', build),
      `# not named\nFROM toolchain:1.2\n${last('COPY --from=0 /a /b')}`,
    ],
  ],
  ['NumericUser', 2, 'FROM a:1 AS runtime\nUSER app\nCMD ["x"]', ['FROM a:1\nUSER 0\nUSER 1\nCMD ["x"]']],
  ['NumericUser', 1, 'FROM a:1 AS runtime\nCMD ["x"]', []],
  ['NumericUser', 2, 'FROM a:1 AS runtime\nUSER 0:0\nCMD ["x"]', []],
  ['NoRunInLastStage', 2, last('RUN id'), [after(build, 'RUN id')]],
  ['JSONArgsRecommended', 3, 'FROM a:1\nUSER 1\nENTRYPOINT x', [after(build, 'CMD x')]],
  ['StartCommand', 1, 'FROM a:1\nUSER 1', ['FROM a:1\nUSER 1\nCMD ["x"]']],
  ['NoStage', 1, '', []],
  [
    'MissingSource',
    2,
    last('COPY none /'),
    [last('COPY main.x ../src ./src/* $WHAT https://example.com/x /'), last('COPY --from=a:1 none /')],
  ],
  [
    'MissingSource',
    2,
    after(build, 'RUN --mount=source=none,target=/x true'),
    [after(build, 'RUN --mount=source=src,target=/x true')],
  ],
  ['CopyIgnoredFile', 2, last('COPY secret.txt /'), [last('COPY src /')], 'secret.txt'],
  ['UnguardedContext', 2, last('COPY . /'), [last('COPY src /')], guards.slice(1).join('\n')],
  ['UnguardedContext', 2, after(build, 'RUN --mount=target=/src true'), [], guards.slice(1).join('\n')],
  [
    'SecretsUsedInArgOrEnv',
    2,
    last('ENV API_TOKEN=x'),
    [last('ENV TITLE="the secret token" PUBLIC_KEY=x TOKEN_FILE=/x KEYBOARD=de'), last('ENV TITLE the secret token')],
  ],
  ['SecretsUsedInArgOrEnv', 1, `ARG password\n${last()}`, [`ARG VERSION\n${last()}`]],
];

for (const [rule, line, bad, good, dockerignore = ''] of table) {
  describe(`${rule} in line ${line} of ${JSON.stringify(bad)}`, () => {
    test('is found', () => expect(findings(bad, dockerignore)).toContain(`${rule}:${line}`));

    test.each([...good])('is not found in %j', (text) => {
      expect(findings(text, dockerignore).filter((found) => found.startsWith(`${rule}:`))).toEqual([]);
    });
  });
}

test('a Dockerfile that has nothing to find', () => {
  const text = after('# build compiles', build, 'COPY . .', 'RUN --mount=type=cache,target=/c make');
  expect(findings(text, guards.join('\n'), ['src/a'])).toEqual([]);
});

test('a stage that ships beside the last is used, and held to the same rules', () => {
  const text = `FROM a:1 AS other\nRUN id\nUSER 1\nENTRYPOINT ["/x"]\n${last()}`;
  const rules = (targets: readonly string[]) =>
    checkDockerfile(text, { project, dockerignore: '', needs: [], targets }).map(({ rule, line }) => `${rule}:${line}`);
  expect(rules([])).toEqual(['UnusedStage:1']);
  expect(rules(['other'])).toEqual(['NoRunInLastStage:2']);
});

test('what the build needs besides is reported for line 1', () => {
  expect(findings(last(), 'src', ['src/a', 'none'])).toEqual(['MissingSource:1', 'CopyIgnoredFile:1']);
});

test('findings come in the order of the lines, each with what to do', () => {
  const all = checkDockerfile('FROM a\nCOPY none /\nRUN id\nUSER root\nCMD x', {
    project,
    dockerignore: '',
    needs: [],
  });
  expect(all.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  for (const { message, hint } of all) expect([message, hint].join()).toMatch(/^[^,\n]+,[^\n]+\.$/);
});
