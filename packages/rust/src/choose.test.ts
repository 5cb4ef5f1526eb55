import { describe, expect, test } from 'vitest';
import { selectBinary, type Wanted } from './choose.ts';
import { errorOf, type Files, program, projectOf } from './project.test.kit.ts';
import { readWorkspace } from './workspace.ts';

const select = (files: Files, wanted: Wanted = {}) => selectBinary(readWorkspace(projectOf(files)), wanted);
const chosen = (files: Files, wanted: Wanted = {}): string => {
  const { binary, reason } = select(files, wanted);
  return `${binary?.name ?? 'open'} (${reason})`;
};
const bins = (...names: readonly string[]): Files =>
  Object.fromEntries(names.map((name) => [`src/bin/${name}.rs`, '']));
const { 'src/main.rs': _, ...noMain } = program();

const services: Files = {
  'Cargo.toml': '[workspace]\nmembers = ["api", "worker", "xtask"]\n',
  ...Object.fromEntries(
    ['api', 'worker', 'xtask'].flatMap((name) => [
      [`${name}/Cargo.toml`, `[package]\nname = "${name}"\n`],
      [`${name}/src/main.rs`, ''],
    ]),
  ),
};

describe('selectBinary', () => {
  test.each([
    ['the only one', program(), 'app ()'],
    ['default-run', program('default-run = "b"\n', bins('b', 'server')), 'b (one of 3, the default-run)'],
    ['named like the package', program('', bins('server')), 'app (one of 2, named like the package)'],
    ['a server', { ...noMain, ...bins('cli', 'app-server') }, 'app-server (one of 2, named like a server)'],
    ['a daemon', { ...noMain, ...bins('appd', 'ctl') }, 'appd (one of 2, named like a server)'],
    ['two servers', { ...noMain, ...bins('a-server', 'b-server') }, 'open ()'],
    ['words that merely end in d', { ...noMain, ...bins('build', 'find') }, 'open ()'],
    ['a workspace of services, without its helper', services, 'open ()'],
  ])('%s', (_about, files, expected) => {
    expect(chosen(files)).toBe(expected);
  });

  test('helpers are no candidates, unless they are named', () => {
    expect(select(services).candidates.map(({ name }) => name)).toEqual(['api', 'worker']);
    expect(chosen(services, { package: 'xtask' })).toBe('xtask ()');
    expect(chosen(services, { bin: 'worker' })).toBe('worker ()');
  });

  test('an answer that equals the suggestion keeps its reason', () => {
    const files = program('', bins('server'));
    expect(chosen(files, { bin: 'app' })).toBe('app (one of 2, named like the package)');
    expect(chosen(files, { bin: 'server' })).toBe('server ()');
  });

  test('the only default member', () => {
    const manifest = '[workspace]\nmembers = ["api", "worker", "xtask"]\ndefault-members = ["worker"]\n';
    expect(chosen({ ...services, 'Cargo.toml': manifest })).toBe('worker ()');
  });

  test.each([
    ['a library', { 'Cargo.toml': '[package]\nname = "a"\n', 'src/lib.rs': '' }, {}, 'no-entry-point at Cargo.toml:2'],
    ['an unknown binary', program(), { bin: 'no"pe\n' }, 'no-entry-point'],
    ['an unknown package', program(), { package: '$(id)' }, 'no-entry-point'],
  ])('%s is refused', (_about, files, wanted, expected) => {
    expect(errorOf(() => select(files, wanted))).toBe(expected);
  });
});
