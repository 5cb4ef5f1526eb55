import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MsbError } from '@msb/core';
import { afterEach, describe, expect, test } from 'vitest';
import type { VerifyRequest } from './request.ts';
import { fakeDocker, type Script } from './testing/fake-docker.ts';
import { verify } from './verify.ts';

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

/** Runs a verification with a made-up docker; resolves to the error and to what was asked of docker. */
async function failure(
  script: Script | undefined,
  more: Partial<VerifyRequest> = {},
): Promise<{ error: MsbError; calls: string }> {
  const context = mkdtempSync(join(tmpdir(), 'msb-verify-'));
  writeFileSync(join(context, 'Dockerfile'), 'FROM alpine:3.24\nRUN make\n');
  const fake = fakeDocker(script, more.engine === 'nerdctl' ? 'nerdctl' : 'docker');
  process.env.PATH = fake.path;
  const request = {
    context,
    file: join(context, 'Dockerfile'),
    buildArgs: [],
    env: [],
    buildTimeout: 60,
    startTimeout: 1,
  };
  const watch = { signal: new AbortController().signal, onStep: () => undefined, onPhase: () => undefined };
  const error = await verify({ ...request, ...more }, watch).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error: error as MsbError, calls: script ? readFileSync(fake.calls, 'utf8') : '' };
}

const say = (text: string, code = 1): string => `echo '${text}' >&2; exit ${code}`;

describe('one sentence and a hint for', () => {
  const rows: readonly (readonly [
    name: string,
    script: Script | undefined,
    code: string,
    message: RegExp,
    hint: RegExp,
  ])[] = [
    [
      'no engine at all',
      undefined,
      'no-engine',
      /^There is no container engine: none of docker, podman, nerdctl, buildah is on the PATH$/,
      /Install Docker/,
    ],
    [
      'an engine that is not started',
      {
        version: say(
          'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
        ),
      },
      'no-engine',
      /^The Docker engine does not answer/,
      /^Start Docker/,
    ],
    [
      'a socket without permission',
      {
        version: say(
          'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
        ),
      },
      'no-engine',
      /^You may not use the socket/,
      /usermod -aG docker/,
    ],
    [
      'an engine without BuildKit',
      { build: say('unknown flag: --load', 125) },
      'no-engine',
      /^This Docker has no BuildKit/,
      /23 or newer/,
    ],
    [
      'a full disk',
      { build: say('ERROR: failed to solve: write /var/lib/docker/x: no space left on device') },
      'no-engine',
      /^The disk is full/,
      /docker system df/,
    ],
    [
      'no network',
      {
        build: say(
          'ERROR: failed to solve: alpine:3.24: failed to resolve source metadata: dial tcp: lookup registry-1.docker.io: no such host',
        ),
      },
      'no-network',
      /^The build has no network/,
      /HTTPS_PROXY/,
    ],
    [
      'a Dockerfile that does not build',
      { build: say('ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN') },
      'build-failed',
      /^The Dockerfile does not build: dockerfile parse error on line 2/,
      /./,
    ],
    [
      'a build that hangs',
      { build: '/bin/sleep 30' },
      'build-failed',
      /^The build did not end within 1 s/,
      /--build-timeout/,
    ],
    [
      'a port that is in use',
      {
        save: '/bin/sleep 5',
        image: 'echo \'[{"Config":{"ExposedPorts":{"8080/tcp":{}}}}]\'',
        run: say(
          'docker: Error response from daemon: driver failed: Bind for 127.0.0.1:8080 failed: port is already allocated',
          125,
        ),
      },
      'no-engine',
      /^A port that the container needs is in use/,
      /docker ps/,
    ],
  ];

  test.each(rows)('%s', async (_, script, code, message, hint) => {
    const { error } = await failure(script, { buildTimeout: 1 });
    expect(error).toMatchObject({ name: 'MsbError', code });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
    expect(error.hint).toMatch(hint);
  });

  test('an engine that is named and unknown, or not there', async () => {
    expect((await failure({}, { engine: 'lxc' })).error).toMatchObject({ code: 'bad-option' });
    expect((await failure({}, { engine: 'podman' })).error.message).toBe('There is no podman on the PATH');
  });
});

describe('nerdctl', () => {
  const failing = (script: Script): Promise<{ error: MsbError; calls: string }> =>
    failure(script, { engine: 'nerdctl' });

  test('says what is missing', async () => {
    const socket = 'cannot access containerd socket "/run/containerd/containerd.sock": no such file or directory';
    const { error } = await failing({ version: say(`time="2026-11-25" level=fatal msg="${socket}"`) });
    expect(error.message).toMatch(/^containerd does not answer/);
    const buildkit = '`buildctl` needs to be installed and `buildkitd` needs to be running';
    const build = await failing({ build: say(`time="2026-11-25" level=error msg="${buildkit}, see https://x"`) });
    expect(build.error).toMatchObject({ code: 'no-engine', hint: expect.stringContaining('buildkitd') });
  });
});

test('whatever happens, its image and containers are removed', async () => {
  const { calls } = await failure({ build: say('ERROR: failed to solve: nothing') });
  expect(calls).toMatch(/^image rm --force msb-verify\/\w+:run$/m);
  const started = await failure({
    save: '/bin/sleep 5',
    image: 'echo "[{}]"',
    run: say('port is already allocated', 125),
  });
  expect(started.calls).toMatch(/^rm --force --volumes msb-verify-\w+-run-1 msb-verify-\w+-run-2/m);
});
