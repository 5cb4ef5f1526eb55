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
  ['StartCommand', 1, 'FROM scratch\nUSER 1', ['FROM a:1 AS b\nCMD ["x"]\nFROM b AS c\nFROM c\nUSER 1']],
  [
    'NumericUser',
    2,
    'FROM a:1 AS b\nUSER app\nFROM b AS c\nCMD ["x"]',
    ['FROM a:1 AS b\nUSER 1:app\nFROM b\nCMD ["x"]'],
  ],
  [
    'NumericUser',
    3,
    'FROM a:1\nARG ID=0\nUSER $ID',
    [`FROM a:1\nARG ID=10\nUSER \${ID}`, 'FROM a:1\nARG ID\nUSER $ID', 'FROM gcr.io/distroless/static:nonroot'],
  ],
  ['JSONArgsRecommended', 2, 'FROM a:1\nCMD x', ['FROM a:1\nSHELL ["bash", "-c"]\nCMD x']],
  ['NoStage', 1, '', []],
  [
    'UnpinnedImage',
    2,
    `ARG BASE=golang\n${after('FROM $BASE AS build')}`,
    [`ARG BASE=golang:1\n${after(`FROM \${BASE} AS build`)}`],
  ],
  ['UnknownInstruction', 2, last('RUNN id'), [last('run id')]],
  ['NoEmptyContinuation', 3, last('RUN a \\', '', '  b'), [last('RUN a \\', '# c', '  b')]],
  ['MaintainerDeprecated', 2, last('MAINTAINER me'), [last('LABEL a=b')]],
  ['LegacyKeyValueFormat', 2, last('ENV A b c'), [last('ENV A=b C="d e"', 'LABEL a=b')]],
  ['ExposeProtoCasing', 2, last('EXPOSE 80/TCP'), [last('EXPOSE 80/tcp 53/udp 8000-8010')]],
  ['ExposeInvalidFormat', 2, last('EXPOSE 127.0.0.1:80:80'), [last('EXPOSE 80 $PORT')]],
  ['MultipleInstructionsDisallowed', 2, last('CMD ["a"]', 'CMD ["b"]'), [last('CMD ["a"]')]],
  [
    'WorkdirRelativePath',
    2,
    last('WORKDIR app', 'WORKDIR /x'),
    [last('WORKDIR /app', 'WORKDIR x'), after(build, 'WORKDIR /a', 'FROM build AS other', 'WORKDIR x')],
  ],
  ['ConsistentInstructionCasing', 2, last('copy main.x /'), [last('COPY main.x /')]],
  ['StageNameCasing', 1, after('FROM toolchain:1.2 AS Build'), [after(build)]],
  ['FromAsCasing', 1, after('FROM toolchain:1.2 as build'), [after(build), 'from a:1 as b\ncmd ["x"]']],
  ['ReservedStageName', 1, after('FROM toolchain:1.2 AS context'), [after(build)]],
  [
    'UndefinedArgInFrom',
    1,
    after('FROM toolchain:$V AS build'),
    [`ARG V=1\n${after('FROM --platform=$BUILDPLATFORM toolchain:$V AS build')}`, after(`FROM t:\${V:-1} AS build`)],
  ],
  [
    'InvalidDefaultArgInFrom',
    2,
    `ARG V\n${after(`FROM toolchain:\${V} AS build`)}`,
    [`ARG V=1\n${after('FROM toolchain:$V AS build')}`, `ARG V\n${after('FROM toolchain:1$V AS build')}`],
  ],
  [
    'FromPlatformFlagConstDisallowed',
    1,
    after('FROM --platform=linux/amd64 toolchain:1.2 AS build'),
    [after('FROM --platform=linux/arm64 toolchain:1.2 AS build-arm64'), after(build)],
  ],
  ['RedundantTargetPlatform', 1, after('FROM --platform=$TARGETPLATFORM toolchain:1.2 AS build'), [after(build)]],
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

test('the rules about how we write ours are not for somebody else’s file', () => {
  const text = 'FROM a:1 AS dev\nRUN id\n# compiles\nFROM a:1 AS prod\nRUN id\nUSER 1\n';
  const rules = (foreign: boolean) =>
    checkDockerfile(text, { project, dockerignore: '', needs: [], foreign }).map(({ rule }) => rule);
  expect(rules(true)).toEqual([]);
  expect(rules(false).sort()).toEqual([
    'InvalidDefinitionDescription',
    'NoRunInLastStage',
    'StartCommand',
    'UnusedStage',
  ]);
});

test('a file can waive rules, as for BuildKit', () => {
  const skip = (names: string) => findings(`# check=skip=${names};error=true\n${last('RUN id', 'EXPOSE x')}`, '');
  expect(skip('None')).toEqual(['NoRunInLastStage:3', 'ExposeInvalidFormat:4']);
  expect(skip('NoRunInLastStage, ExposeInvalidFormat')).toEqual([]);
  expect(skip('all')).toEqual([]);
});
