import { expect, test } from 'vitest';
import type { Evidence } from '../check.ts';
import type { SeenFile } from '../image/image.ts';
import { program } from './platform.ts';
import { tools } from './tools.ts';

type Some = Partial<SeenFile> & { readonly path: string };

/** An image with these files, all of them from its base. */
function evidence(files: readonly Some[], config: object = {}): Evidence {
  const seen = files.map((file) => [file.path, { type: 'file', layer: { inBase: true }, ...file }] as const);
  const image = {
    files: new Map(seen),
    config: { architecture: 'amd64', entrypoint: [], cmd: [], env: {}, workdir: '/app', ...config },
  };
  return { image, request: {}, dockerfile: { stages: [] } } as unknown as Evidence;
}

const packages = (files: readonly Some[]) => tools.find(({ id }) => id === 'package-manager')?.run(evidence(files));

test('a link to a package manager that was taken out is none', () => {
  const npm: Some = { path: 'usr/local/bin/npm', type: 'symlink', target: '../lib/node_modules/npm/bin/npm-cli.js' };
  expect(packages([npm])).toMatchObject({ status: 'pass' });
  expect(packages([npm, { path: 'usr/local/lib/node_modules/npm/bin/npm-cli.js' }])).toMatchObject({
    status: 'warn',
    reason: '/usr/local/bin/npm, from the base',
  });
});

test('the program behind a script that hands over to it is looked at', () => {
  const elf = { architecture: 'amd64' };
  const files: readonly Some[] = [
    { path: 'bin/sh', elf },
    { path: 'usr/local/bin/entry.sh', interpreter: '/bin/sh' },
    { path: 'usr/local/bin/node', elf: { ...elf, interpreter: '/lib/ld-musl-x86_64.so.1' } },
    { path: 'app/index.js' },
  ];
  const config = { entrypoint: ['entry.sh'], cmd: ['node', './index.js'] };
  expect(program.run(evidence(files, config))).toMatchObject({
    status: 'fail',
    reason: '/usr/local/bin/node needs /lib/ld-musl-x86_64.so.1 (musl), which the image lacks',
  });
  const loader = { path: 'lib/ld-musl-x86_64.so.1' };
  expect(program.run(evidence([...files, loader], config))).toMatchObject({
    status: 'pass',
    reason: 'amd64, for musl, which is there',
  });
});
