import { join, nameWord, type Project, shellWord } from '@msb/core';
import type { Package } from './package.ts';
import type { Program } from './programs.ts';
import { packageSources } from './sources.ts';
import type { Workspace } from './workspace.ts';

/** Attributes of tests: `#[test]`, `#[tokio::test]`, `#[rstest]`, `#[sqlx::test]`. */
const attribute = /^[ \t]*#\[\s*(?:\w+::)*(?:test|rstest|test_case)\b/;

/** The packages among these that have tests: beside their code, or in a folder of their own. */
export const testedPackages = (
  project: Project,
  workspace: Workspace,
  packages: readonly Package[],
): readonly Package[] =>
  packages.filter((item) => {
    const tests = `${join(item.cargo.folder, 'tests')}/`;
    const files = [
      ...packageSources(project, item, workspace),
      ...project.sources().filter((path) => path.startsWith(tests) && path.endsWith('.rs')),
    ];
    return project.search(files, [attribute]) !== undefined;
  });

/** What Cargo is told to test: `specs` are packages as `--package` takes them, none for the only one. */
export function testCommand(
  specs: readonly string[],
  programs: readonly Program[],
  { locked, args }: { readonly locked: boolean; readonly args: readonly string[] },
): string {
  const features = [
    ...new Set(
      programs.flatMap(({ owner, features }) =>
        features.map((feature) =>
          specs.length > 0 ? `${nameWord(owner.name, 'The name of the package')}/${feature}` : feature,
        ),
      ),
    ),
  ];
  return [
    'cargo test',
    ...(locked ? ['--locked'] : []),
    ...args,
    ...specs.map((spec) => `--package ${spec}`),
    ...(features.length > 0 ? [`--features ${shellWord(features.join(','), 'A feature')}`] : []),
  ].join(' ');
}
