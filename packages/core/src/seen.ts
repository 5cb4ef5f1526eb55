import type { Detection, Note } from './ecosystem.ts';
import type { Project } from './project/project.ts';
import { join, relative } from './tree/tree.ts';

/**
 * A detection whose places are seen from the project's folder, where they were from that of `root`: the workspace, or the
 * build, that the project is a part of.
 */
export function seenFrom(project: Project, root: Project, detection: Detection): Detection {
  if (project.folder === root.folder) return detection;
  const seen = (file: string): string => relative(project.folder, join(root.folder, file));
  const moved = <T extends Pick<Note, 'place'>>(item: T): T =>
    item.place ? { ...item, place: { ...item.place, file: seen(item.place.file) } } : item;
  const { assumptions = {}, runtimes } = detection;
  return {
    ...detection,
    facts: detection.facts.map(moved),
    notes: detection.notes.map(moved),
    ...(runtimes && { runtimes: { ...runtimes, reason: moved(runtimes.reason) } }),
    assumptions: Object.fromEntries(Object.entries(assumptions).map(([name, note]) => [name, moved(note)])),
  };
}
