import { describe, expect, test } from 'vitest';
import { detectIn, dockerfileOf, errorOf, type Files, program, proposeIn } from './project.test.kit.ts';

const listening = 'fn main() { TcpListener::bind("0.0.0.0:7000"); }';
const files: Files = {
  'Cargo.toml': '[workspace]\nmembers = ["api", "ctl", "xtask"]\n',
  'Cargo.lock': 'version = 4\n',
  'api/Cargo.toml': '[package]\nname = "api"\n[features]\ntls = []\n',
  'api/src/main.rs': listening,
  'ctl/Cargo.toml': '[package]\nname = "ctl"\n',
  'ctl/src/main.rs': 'fn main() {}',
  'ctl/src/bin/tools.rs': 'fn main() {}',
  'xtask/Cargo.toml': '[package]\nname = "xtask"\n',
  'xtask/src/main.rs': 'fn main() {}',
};

describe('several binaries', () => {
  test('all: one build stage, an image for each that is no helper', () => {
    const text = dockerfileOf(files, { bin: 'all' });
    expect(text.match(/^FROM .* AS \S+/gm)?.slice(-3)).toEqual([
      'FROM scratch AS ctl',
      'FROM scratch AS app-tools',
      'FROM scratch AS api',
    ]);
    expect(text.match(/^cargo rustc .*/gm)).toHaveLength(3);
    expect(text).toContain('install -D "target/$(cat /target)/release/tools" /out/tools\n');
    expect(text).toContain('ENTRYPOINT ["/usr/local/bin/tools"]');
  });

  test('a list: the first is the one of a plain docker build, and the note names the others', () => {
    const proposal = proposeIn(files, { bin: 'ctl,api' });
    expect(proposal.plan.runtime.target).toBe('ctl');
    expect(proposal.plan.others?.map(({ target, port }) => [target, port])).toEqual([['api', 7000]]);
    expect(proposal.inspection.detection.notes.at(-1)?.hint).toContain('docker build --target api -t api .');
  });

  test('each package gets the features that it has', () => {
    const text = dockerfileOf(files, { bin: 'api,ctl', features: 'tls' });
    expect(text).toContain('--package api --bin api --features tls');
    expect(text).toContain('--package ctl --bin ctl -- ');
    expect(errorOf(() => detectIn(files, { bin: 'api,ctl', features: 'no' }))).toBe('bad-option at api/Cargo.toml:3');
  });

  test('--package narrows them', () => {
    expect(detectIn(files, { package: 'ctl', bin: 'all' }).facts.filter(({ name }) => name === 'binary')).toHaveLength(
      2,
    );
  });

  test.each([
    ['one that is missing', { bin: 'api,none' }, 'no-entry-point'],
    ['one that two packages have', { bin: 'api,twin' }, 'no-entry-point at Cargo.toml'],
    ['all, where two packages have the same', { bin: 'all' }, 'unsupported at ctl/src/bin/twin.rs'],
  ])('%s is refused', (_about, given, expected) => {
    const twins = { ...files, 'api/src/bin/twin.rs': '', 'ctl/src/bin/twin.rs': '' };
    expect(errorOf(() => detectIn(twins, given))).toBe(expected);
  });

  test('a list with one name alone is that binary', () => {
    const text = dockerfileOf(program('', { 'src/bin/other.rs': '' }), { bin: 'other' });
    expect(text).toContain('AS runtime');
  });
});
