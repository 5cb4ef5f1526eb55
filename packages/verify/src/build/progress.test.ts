import { describe, expect, test } from 'vitest';
import { intermediates, Progress, stageOf, stageTimes } from './progress.ts';

/** Reads lines, each a second after the one before. */
function read(lines: readonly string[]): Progress {
  const progress = new Progress();
  for (const [index, line] of lines.entries()) progress.read(line, index * 1000);
  return progress;
}

describe('the time of each stage', () => {
  test('as Buildah and Podman tell it, by the names that stages have', () => {
    const { steps } = read([
      '[1/2] STEP 1/2: FROM golang AS build',
      '[1/2] STEP 2/2: RUN make',
      'compiling',
      '[2/2] STEP 1/2: FROM scratch',
      '[2/2] STEP 2/2: COPY --from=build /app /app',
      '--> Using cache 48d77d565376',
      '[2/2] COMMIT app',
    ]);
    expect(stageTimes(steps)).toEqual([
      { stage: 'build', seconds: 3, cached: false },
      { stage: 'stage-1', seconds: 1, cached: true },
    ]);
  });

  test('of the only stage, without a name', () => {
    const { steps } = read(['STEP 1/2: FROM scratch', 'STEP 2/2: COPY app /app', 'COMMIT app']);
    expect(stageTimes(steps)).toEqual([{ stage: 'stage-0', seconds: 2, cached: false }]);
  });

  test('as BuildKit prints it', () => {
    const { steps } = read(['#5 [build 2/3] RUN make', '#5 compiling', '#5 DONE 1.9s', '#6 [internal] load context']);
    expect(stageTimes(steps)).toEqual([{ stage: 'build', seconds: 2, cached: false }]);
  });
});

test('what Podman made, and did not take from its cache', () => {
  const printed =
    'STEP 2/3: LABEL a=b\n--> Using cache 48d77d565376e462\n--> 48d77d56537\nSTEP 3/3: COPY a /\n--> 0406d9f232b\n';
  expect(intermediates(printed)).toEqual(['0406d9f232b']);
});

test.each([
  ['[build 2/3] RUN make', 'build'],
  ['[linux/arm64 build 2/3] RUN make', 'build'],
  ['[2/3] RUN make', 'stage-0'],
  ['[stage-1 2/3] RUN make', 'stage-1'],
  ['[internal] load .dockerignore', undefined],
  ['exporting to image', undefined],
])('%s belongs to %s', (name, stage) => {
  expect(stageOf({ name })).toBe(stage);
});
