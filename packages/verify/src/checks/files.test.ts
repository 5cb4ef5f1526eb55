import { expect, test } from 'vitest';
import type { Evidence } from '../check.ts';
import { readable, volumes } from './files.ts';

/** Evidence of an image with some files: path → mode and owner. */
function evidence(
  files: Readonly<Record<string, readonly [type: string, mode: number, uid: number]>>,
  request: Partial<Evidence['request']>,
  declared: readonly string[] = [],
): Evidence {
  const entries = Object.entries(files).map(([path, [type, mode, uid]]) => [path, { path, type, mode, uid, gid: uid }]);
  const config = { user: '65532:65532', volumes: declared };
  return { request, image: { config, files: new Map(entries as never), text: () => undefined } } as unknown as Evidence;
}

const outcome = (check: typeof readable, given: Evidence) => {
  const { status, reason } = check.run(given) ?? {};
  return [status, reason];
};

test.each([
  [{ 'app/a.txt': ['file', 0o644, 0] }, 'pass', '1 file that the program reads'],
  [{ 'app/a.txt': ['file', 0o600, 0] }, 'fail', "its user can't read /app/a.txt"],
  [{ 'app/a.txt': ['file', 0o400, 65532] }, 'pass', '1 file that the program reads'],
  [{ 'app/a.txt': ['directory', 0o644, 0] }, 'fail', "its user can't read /app/a.txt"],
  [{ 'app/b.txt': ['file', 0o644, 0] }, 'fail', 'the image lacks /app/a.txt'],
] as const)('files that the program reads: %j → %s', (files, status, reason) => {
  expect(outcome(readable, evidence(files, { reads: ['/app/a.txt'] }))).toEqual([status, reason]);
});

test.each([
  [{ data: ['directory', 0o755, 65532] }, ['/data'], 'pass', '/data, a volume of its user'],
  [{ data: ['directory', 0o755, 0] }, ['/data'], 'fail', "its user can't write to /data"],
  [{}, ['/data'], 'fail', "its user can't write to /data"],
  [
    { data: ['directory', 0o755, 65532] },
    [],
    'fail',
    "/data is no volume, so that a read-only container can't write there",
  ],
] as const)('folders that it writes to: %j as %j → %s', (files, declared, status, reason) => {
  expect(outcome(volumes, evidence(files, { writes: ['/data'] }, declared))).toEqual([status, reason]);
});

test('the question does not arise where nothing is known', () => {
  expect([readable.run(evidence({}, {})), volumes.run(evidence({}, {}))]).toEqual([undefined, undefined]);
});
