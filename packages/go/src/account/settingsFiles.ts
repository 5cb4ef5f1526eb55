import { isData, isFolder } from './folders.ts';
import { settle } from './settle.ts';
import type { ProgramCode, RunRead } from './types.ts';

const settings = /\.(?:ya?ml|toml|json|env|ini|conf|cfg|properties|hcl)$|(^|\/)\.env\.\w+$/;
/** A longer one is data. In characters. */
const longest = 64 * 1024;
const path = /(?:file:\/\/)?[\w@.-]*(?:\/[\w@.*-]+)+\/?|[\w@-]+\/(?![\w/])|[\w@-]+\.\w{1,8}\b/g;

/** The files and folders that the settings of a program name: `MIGRATIONS=file://db/migrations`, `templates: ./views`. */
export function readsOfSettings(program: ProgramCode, reads: readonly RunRead[]): readonly RunRead[] {
  const files = reads.filter((read) => settings.test(read.path) && program.project.has(read.path));
  return files.flatMap(({ path: file }) => {
    const text = program.project.text(file) ?? '';
    if (text.length > longest) return [];
    return text
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(path)].flatMap(([word]) =>
          settle(program, word, { file, line: index + 1 }).filter((read) => named(program, read.path)),
        ),
      );
  });
}

const named = ({ project }: ProgramCode, found: string): boolean =>
  isFolder(project, found) ? isData(project, found) : !/\.go$|(^|\/)(?:go\.(?:mod|sum)|package\.json)$/.test(found);
