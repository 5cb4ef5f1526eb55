import { inspect, MemoryTree, Project, propose, settle } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { rust } from './index.ts';
import { errorOf, type Files } from './project.test.kit.ts';
import { contextOf } from './scope.ts';

const workspace: Files = {
  'Cargo.toml':
    '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n[workspace.package]\nedition = "2024"\n',
  'Cargo.lock': 'version = 4\n',
  'crates/api/Cargo.toml':
    '[package]\nname = "api"\nedition.workspace = true\n[dependencies]\nstore = { path = "../store" }\n',
  'crates/api/src/main.rs': 'fn main() { TcpListener::bind("0.0.0.0:7000"); ServeDir::new("static"); }',
  'crates/api/static/index.html': '',
  'crates/store/Cargo.toml': '[package]\nname = "store"\n',
  'crates/store/src/lib.rs': '',
  'crates/ctl/Cargo.toml': '[package]\nname = "ctl"\n',
  'crates/ctl/src/main.rs': 'fn main() {}',
  'crates/old/Cargo.toml': '[package]\nname = "old"\n',
  'crates/old/src/main.rs': 'fn main() {}',
};
const beside: Files = {
  'app/Cargo.toml': '[package]\nname = "app"\n[dependencies]\nshared = { path = "../libs/shared" }\n',
  'app/Cargo.lock': 'version = 4\n',
  'app/src/main.rs': 'fn main() {}',
  'libs/shared/Cargo.toml': '[package]\nname = "shared"\n',
  'libs/shared/src/lib.rs': 'include_str!("words.md")',
  'libs/shared/src/words.md': '',
};

const contextIn = (files: Files, folder: string): string => contextOf(new Project(new MemoryTree(files), folder));
const proposeIn = (files: Files, folder: string) =>
  propose(
    settle(inspect({ tree: new MemoryTree(files), folder, ecosystems: [rust], options: { runtime: 'scratch' } })),
  );

describe('the build context', () => {
  test.each([
    ['a member', 'crates/api', ''],
    ['a folder that is no member', 'crates/old', 'crates/old'],
    ['the root of the workspace', '', ''],
  ])('of %s', (_about, folder, expected) => {
    expect(contextIn(workspace, folder)).toBe(expected);
  });

  test('holds what a package depends on by path', () => {
    expect(contextIn(beside, 'app')).toBe('');
    expect(errorOf(() => contextIn({ 'Cargo.toml': beside['app/Cargo.toml'] ?? '' }, ''))).toBe(
      'unsupported at Cargo.toml:4',
    );
  });
});

describe('an image for a folder', () => {
  test('of a workspace has the program of that member', () => {
    const { plan, inspection, files } = proposeIn(workspace, 'crates/api');
    const text = files.find(({ path }) => path === 'Dockerfile')?.text;
    expect(text).toContain(' --package api --bin api -- ');
    expect(text).toContain('COPY --link crates/api/static /app/static\n');
    expect(plan.needs).toContain('crates/store/src/lib.rs');
    expect(inspection.options).toMatchObject({ package: 'api', bin: 'api', port: 7000 });
    expect(inspection.detection.facts.find(({ name }) => name === 'port')?.place?.file).toBe('src/main.rs');
    expect(inspection.detection.facts.find(({ name }) => name === 'dependencies')?.place?.file).toBe(
      '../../Cargo.lock',
    );
  });

  test('beside that of a package it depends on is compiled where it lies', () => {
    const { plan, files } = proposeIn(beside, 'app');
    const text = files.find(({ path }) => path === 'Dockerfile')?.text;
    expect(text).toContain('WORKDIR /src/app\n');
    expect(text).toContain('target=/src/app/target,sharing=locked');
    expect(plan.needs).toEqual(expect.arrayContaining(['app/Cargo.lock', 'libs/shared/src/words.md']));
  });
});
