import type { Hit, Project } from '@msb/core';

/** Folders and files of code that a running program has nothing of. */
const aside =
  /(^|\/)(tests?|testing|docs?|examples?|samples?|benchmarks?|scripts|tools|notebooks|migrations|alembic|site-packages|venv|env|cookiecutter[^/]*)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest|setup|noxfile|tasks|fabfile)\.py$/;

const known = new WeakMap<Project, readonly string[]>();

/** The sources of the program itself, the shallow ones first. */
export function ownSources(project: Project): readonly string[] {
  const before = known.get(project);
  if (before !== undefined) return before;
  const found = project.sources().filter((path) => path.endsWith('.py') && !aside.test(path));
  known.set(project, found);
  return found;
}

/** Names that entry points have, the usual ones first. */
const entryNames = [
  'main',
  'app',
  'asgi',
  'wsgi',
  'server',
  'api',
  'application',
  'web',
  '__main__',
  'run',
  '__init__',
];

const rank = (file: string): number => {
  const name = file.replace(/^.*\//, '').replace(/\.py$/, '');
  const index = entryNames.indexOf(name);
  return (index < 0 ? entryNames.length : index) + 3 * (file.split('/').length - 1);
};

/** Lines that match in own sources, those of likely entry points first. */
export function likelyHits(project: Project, pattern: RegExp): readonly Hit[] {
  return [...project.matches(ownSources(project), pattern)].sort((a, b) => rank(a.file) - rank(b.file));
}
