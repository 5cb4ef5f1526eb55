import { join, type Project } from '@msb/core';

/**
 * The files that browsers may keep for ever. Files of the project's own that end up in such a folder have no hash in
 * their names: then only scripts and styles whose names look like hashed ones count.
 */
export function immutableFiles(project: Project, folders: readonly string[], copied: string): readonly string[] {
  return folders.map((folder) => {
    const mixed = folder.startsWith('/') && project.exists(join(copied, folder));
    return mixed ? String.raw`${folder.slice(1)}.*[.-][\w-]{8,}\.(?:css|js|mjs)$` : folder;
  });
}
