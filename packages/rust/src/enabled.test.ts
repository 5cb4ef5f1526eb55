import { describe, expect, test } from 'vitest';
import { enabledBy } from './enabled.ts';
import { type Files, program, projectOf } from './project.test.kit.ts';
import { readWorkspace } from './workspace.ts';

function enabledIn(files: Files, features: readonly string[] = []) {
  const workspace = readWorkspace(projectOf(files));
  const owner = workspace.members.find(({ name }) => name === 'app');
  if (owner === undefined) throw new Error('there is no app');
  return enabledBy(workspace, [{ owner, features }]);
}
const cratesOf = (manifest: string, features?: readonly string[], files?: Files) =>
  [...(enabledIn(program(manifest, files), features).crates.get('app') ?? [])].sort();

describe('what a package is built with', () => {
  test('is neither for tests nor for other platforms', () => {
    const manifest = `[dependencies]\na = "1"\n[build-dependencies]\nb = "1"\n[dev-dependencies]\nc = "1"
[target.'cfg(windows)'.dependencies]\nd = "1"\n[target.'cfg(unix)'.dependencies]\ne = { package = "real-e" }\n`;
    expect(cratesOf(manifest)).toEqual(['a', 'b', 'real-e']);
  });

  const features = `[dependencies]\ntls = { optional = true }\nssl = { optional = true }\nlog = { optional = true }\nzip = { optional = true }
[features]\ndefault = ["secure"]\nsecure = ["dep:tls"]\nold = ["ssl/vendored", "log?/std"]\n`;

  test('has what its features turn on', () => {
    expect(cratesOf(features)).toEqual(['tls']);
    expect(cratesOf(features, ['old'])).toEqual(['ssl', 'tls']);
    expect(cratesOf(features, ['zip'])).toEqual(['tls', 'zip']);
  });

  test('the features that are asked of other crates are known, a weak one where its crate is there', () => {
    expect([...enabledIn(program(features), ['old']).features]).toEqual(['default', 'vendored']);
    expect([...enabledIn(program(features), ['old', 'log']).features]).toContain('std');
  });

  test('a package of the project is asked for features, too, and those of its workspace are among them', () => {
    const files: Files = {
      ...program('[dependencies]\nstore = { workspace = true, features = ["sql"] }\n'),
      'store/Cargo.toml':
        '[package]\nname = "store"\n[dependencies]\nsqlite = { optional = true }\nredis = { optional = true }\nlmdb = { optional = true }\n[features]\ndefault = ["lmdb"]\nsql = ["dep:sqlite"]\ncache = ["redis"]\n',
    };
    const shared =
      '[workspace.dependencies]\nstore = { path = "store", default-features = false, features = ["cache"] }\n';
    const workspace = { ...files, 'Cargo.toml': `${files['Cargo.toml']}[workspace]\n${shared}` };
    expect([...(enabledIn(workspace).crates.get('store') ?? [])].sort()).toEqual(['redis', 'sqlite']);
  });
});
