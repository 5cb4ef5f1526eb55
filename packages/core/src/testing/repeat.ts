import { scaffold } from '../scaffold.ts';
import { DiskTree } from '../tree/disk.ts';
import type { Tree } from '../tree/tree.ts';
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

const otherEnvironment = {
  TZ: 'Pacific/Kiritimati',
  LANG: 'tr_TR.UTF-8',
  LC_ALL: 'tr_TR.UTF-8',
  HOME: '/none',
  USER: 'x',
};

/** Runs `act` at another time, in another language, with other variables and other chance. */
function abroad<T>(act: () => T): T {
  const { env } = process;
  const { now } = Date;
  const { random } = Math;
  const compare = Object.getOwnPropertyDescriptor(String.prototype, 'localeCompare');
  try {
    process.env = { ...otherEnvironment, NODE_ENV: 'production', PORT: '9', CI: '1' };
    Date.now = () => now() + 1e11;
    Math.random = () => 0.125;
    // for this call alone, to notice who sorts by the host's language
    Object.defineProperty(String.prototype, 'localeCompare', { value: backwards, configurable: true });
    return act();
  } finally {
    process.env = env;
    Date.now = now;
    Math.random = random;
    if (compare) Object.defineProperty(String.prototype, 'localeCompare', compare);
  }
}

function backwards(this: string, other: string): number {
  return this < other ? 1 : this > other ? -1 : 0;
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
        mend: 'Sort what is listed (project.list and project.sources are sorted); read no clock, no chance, no environment.',
      },
    ];
  });
}
