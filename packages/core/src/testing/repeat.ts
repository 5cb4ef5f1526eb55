import { scaffold } from '../scaffold.ts';
import { DiskTree } from '../tree/disk.ts';
import type { Tree } from '../tree/tree.ts';
import { abroad } from './abroad.ts';
import { type Attempt, dockerfileOf, ignoreOf, proposeCase, requestOf } from './attempt.ts';
import { locate } from './locate.ts';
import { codeOf, type Problem } from './problem.ts';

/** A second run, which knows the record of the first, changes no file. */
export function repeatProblems({ ecosystem, item, runtime }: Attempt): readonly Problem[] {
  const { options: _, ...again } = requestOf(ecosystem, item);
  scaffold({ ...requestOf(ecosystem, item, { runtime }), tree: again.tree });
  const { files } = scaffold(again, 'overwrite');
  return files
    .filter(({ action }) => action !== 'unchanged')
    .map(({ path }) => ({
      file: codeOf(ecosystem, 'detect'),
      message: `A second run changes ${path}`,
      mend: 'Look for nothing in the files that a run writes, and let each answer be an option, which is recorded.',
    }));
}

/** The same files on another computer: listed in another order, with Windows line ends, in another folder. */
function elsewhere(project: string): Tree {
  const tree = new DiskTree(project);
  function read(path: string): Buffer | null;
  function read(path: string, encoding: BufferEncoding): string | null;
  function read(path: string, encoding?: BufferEncoding): Buffer | string | null {
    const content = tree.read(path);
    if (content === null || content.includes(0)) return encoding && content ? content.toString(encoding) : content;
    const text = content.toString('utf8').replace(/\r?\n/g, '\r\n');
    return encoding === undefined ? Buffer.from(text) : text;
  }
  return {
    root: '/Users/Ünal/Projekte/another name',
    read,
    write: (path, content) => tree.write(path, content),
    exists: (path) => tree.exists(path),
    delete: (path) => tree.delete(path),
    isFile: (path) => tree.isFile(path),
    children: (path) => [...tree.children(path)].reverse(),
  };
}

/** The same project gives the same bytes on any host, in any time zone and language, with any line end. */
export function hostProblems({ ecosystem, item, runtime, proposal }: Attempt): readonly Problem[] {
  const other = abroad(() => proposeCase(ecosystem, item, runtime, elsewhere(item.project)));
  const files = { Dockerfile: dockerfileOf, '.dockerignore': ignoreOf };
  return Object.entries(files).flatMap(([path, textOf]) => {
    const lines = textOf(proposal).split('\n');
    const others = textOf(other).split('\n');
    const index = others.findIndex((line, at) => line !== lines[at]);
    if (index < 0 && others.length === lines.length) return [];
    const place = path === 'Dockerfile' ? locate(proposal, textOf(proposal), index + 1) : {};
    return [
      {
        file: codeOf(ecosystem, 'detect'),
        ...place,
        message: `Another host gets ${JSON.stringify(others[index])} for ${JSON.stringify(lines[index])} in its ${path}`,
        mend: 'Read by project.list, project.sources and project.text, which are the same everywhere; no clock, no chance, no environment.',
      },
    ];
  });
}
