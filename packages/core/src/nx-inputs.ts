import { parseDockerfile } from './dockerfile/parse.ts';
import { contextPath, contextReads } from './dockerfile/reads.ts';
import type { Proposal } from './propose.ts';
import { join } from './tree/tree.ts';

/**
 * What a proof of the image depends on, as Nx's `inputs` (https://nx.dev/docs/reference/inputs): the files of the
 * proposal, and what its Dockerfile reads from the build context, which may be more than the project's own folder.
 */
export function proofInputs({ inspection, files }: Proposal): readonly (string | { readonly env: string })[] {
  const { project } = inspection;
  const dockerfile = files.find(({ path }) => path === 'Dockerfile')?.text ?? '';
  const reads = contextReads(parseDockerfile(dockerfile)).map(({ path }) => join(project.context, contextPath(path)));
  const written = files.map(({ path }) => join(project.folder, path));
  const paths = [...new Set([...reads, ...written])].sort();
  return [...globs(paths, project.tree.isFile.bind(project.tree), written), { env: 'DOCKER_HOST' }];
}

/** A folder means all that is in it; what lies in one that is named already is left out. */
function globs(paths: readonly string[], isFile: (path: string) => boolean, written: readonly string[]): string[] {
  const isOne = (path: string): boolean => /[*?[]/.test(path) || written.includes(path) || isFile(path);
  const folders = paths.filter((path) => !isOne(path));
  const inside = (path: string): boolean =>
    folders.some((folder) => folder !== path && (folder === '' || path.startsWith(`${folder}/`)));
  return paths
    .filter((path) => !inside(path))
    .map((path) => `{workspaceRoot}/${isOne(path) ? path : join(path, '**/*')}`);
}
