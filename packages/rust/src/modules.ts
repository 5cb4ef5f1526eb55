import { join, type Project } from '@msb/core';

/** `mod name;`, and where an attribute says it is. */
const declaration = /(?:#\[path\s*=\s*"([^"]+)"\]\s*)?(?:^|[\s;{}])mod\s+(\w+)\s*;/g;

/**
 * The files of a crate: its root, and the modules that it declares
 * (https://doc.rust-lang.org/reference/items/modules.html#module-source-filenames).
 */
export function moduleFiles(project: Project, root: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (file: string, folder: string): void => {
    if (found.has(file) || join(project.folder, file).startsWith('..') || !project.has(file)) return;
    found.add(file);
    for (const [, path, name = ''] of (project.text(file) ?? '').matchAll(declaration)) {
      const names =
        path === undefined ? [join(folder, `${name}.rs`), join(folder, name, 'mod.rs')] : [join(file, '..', path)];
      const child = names.find(
        (candidate) => !join(project.folder, candidate).startsWith('..') && project.has(candidate),
      );
      if (child !== undefined) visit(child, path === undefined ? join(folder, name) : join(child, '..'));
    }
  };
  visit(root, join(root, '..'));
  return found;
}
