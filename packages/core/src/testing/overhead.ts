import type { Ecosystem } from '../ecosystem.ts';
import type { ImageFile } from './docker.ts';
import { codeOf, isOfRepository, type Problem } from './problem.ts';

/** How much of what an image adds to its base may be something else than its program. */
const tolerated = 0.05;

/** Where most of it is: folders three names deep, the largest first, such as `usr/local/bundle/ 907 kB`. */
function largest(files: readonly ImageFile[]): string {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of files) {
    const names = path.split('/');
    const folder = names.length > 3 ? `${names.slice(0, 3).join('/')}/` : path;
    sizes.set(folder, (sizes.get(folder) ?? 0) + bytes);
  }
  const sorted = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 5);
  return sorted.map(([folder, bytes]) => `${folder} ${size(bytes)}`).join(', ');
}

const size = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;

const sum = (files: readonly ImageFile[]): number => files.reduce((bytes, file) => bytes + file.bytes, 0);

/** What an image adds to its base beside its program. `added` are all files that the base lacks. */
export function overheadProblems(
  ecosystem: Ecosystem,
  added: readonly ImageFile[],
  artifacts: readonly RegExp[],
): readonly Problem[] {
  const belongs = ({ path }: ImageFile): boolean => artifacts.some((known) => known.test(path));
  const others = added.filter((file) => !belongs(file));
  const program = sum(added) - sum(others);
  if (others.length < added.length && sum(others) <= tolerated * program) return [];
  const { folder, manifest } = ecosystem;
  const traits = isOfRepository(folder) ? `${manifest.id}.images.ts` : '"images" in index.js';
  return [
    {
      file: codeOf(ecosystem, 'plan'),
      message: `Beside the program (${size(program)}) the image has ${largest(others)}`,
      mend: `Name among the artifacts only what runs; what belongs to the program goes into "artifacts" of ${traits}.`,
    },
  ];
}
