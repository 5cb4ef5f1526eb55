import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiskTree, inspect, propose, settle } from '@msb/core';
import { expect, test } from 'vitest';
import { java } from '../index.ts';

const folder = join(import.meta.dirname, '../../../../templates/java/fixtures');
const fixtures = readdirSync(folder).filter((name) => !name.startsWith('.'));

test.each(fixtures)('all that %s reads has an account', (name) => {
  const fixture = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as {
    readonly folder?: string;
    readonly options?: Readonly<Record<string, string | boolean>>;
  };
  const tree = new DiskTree(join(folder, name, 'project'));
  const options = { ...fixture.options, runtime: 'distroless' };
  const { account } = propose(settle(inspect({ tree, folder: fixture.folder ?? '', ecosystems: [java], options })));
  const open = account.reads.filter(({ outcome }) => !['build', 'image', 'added', 'made'].includes(outcome));
  expect(open).toEqual([]);
});
