import { at, itemsOf, type Project, textAt } from '@msb/core';
import { type Pyproject, toolOf } from './pyproject.ts';

/** Files that a build of the project as a package reads besides its sources: its readme, its licence. */
export function packageFiles(project: Project, pyproject: Pyproject): readonly string[] {
  const { value } = pyproject;
  const licenses = itemsOf(at(value, 'project', 'license-files')).filter((item) => typeof item === 'string');
  const matching = project.list('').filter((name) =>
    licenses.some((pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      ).test(name),
    ),
  );
  const setup = [...project.matches(['setup.py'], /["']([\w./-]+\.(?:md|rst|txt|cfg|in))["']/)].flatMap(
    ({ match }) => match[1] ?? [],
  );
  const named = [
    textAt(value, 'project', 'readme'),
    textAt(value, 'project', 'readme', 'file'),
    textAt(value, 'project', 'license', 'file'),
    textAt(toolOf(pyproject, 'poetry'), 'readme'),
    ...itemsOf(at(toolOf(pyproject, 'poetry'), 'readme')),
    ...setup,
    ...matching,
  ];
  return [...new Set(named.filter((file) => typeof file === 'string'))].filter((file) => project.has(file));
}
