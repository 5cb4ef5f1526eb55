import type { Place, Project } from '@msb/core';
import { isInstalled, type Layout } from './layout.ts';
import { ownSources } from './sources.ts';

/** What nobody opens when the program runs. */
const never =
  /^(?:\.|tests?$|docs?$|examples?$|dist$|build$|venv$|env$|node_modules$|Dockerfile|README|LICENSE|CHANGELOG|pyproject\.toml$|setup\.|requirements|uv\.lock$|poetry\.lock$|pdm\.lock$|Pipfile|Makefile|Procfile)/i;

/**
 * Where the sources name a file or a folder that lies beside the installed packages, by a path from the folder that the
 * program is started in: `Jinja2Templates("templates")`, `open("config.yaml")`.
 */
export function namedAsset(project: Project, layout: Layout): Place | undefined {
  const { installed, root, packages } = layout;
  if (!installed) return undefined;
  const own = new Set(root === '' ? packages : [root]);
  const names = project.list('').filter((name) => !never.test(name) && !own.has(name) && !name.endsWith('.py'));
  if (names.length === 0) return undefined;
  const files = ownSources(project).filter((file) => isInstalled(layout, file));
  const list = names.map((name) => name.replace(/[^\w-]/g, '\\$&')).join('|');
  const hit = project.search(files, [new RegExp(`["'](?:\\./)?(?:${list})(?:/[^"'\\n]*)?["']`)]);
  return hit && { file: hit.file, line: hit.line };
}
