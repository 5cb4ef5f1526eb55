import type { Place, Project } from '@msb/core';
import { withoutComments } from '../frameworks/config.ts';

/** A text of the code that may be a path. */
export interface PathText {
  readonly text: string;
  /** What it is relative to: where the program runs, the folder of its file, or nobody knows. */
  readonly base: 'cwd' | 'file' | 'any';
  /** Whether something on the line opens files, so that a single word is a path, too. */
  readonly opens: boolean;
  /** Whether it is what a line imports, so that a compiler takes it along. */
  readonly isImport?: boolean;
  readonly place: Place;
}

/** `path.join(…)` and its like, with one level of calls in the arguments. */
const joins = /\b(?:join|resolve)\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g;

const ofFile = /\b__dirname\b|\bimport\.meta\b|\b__filename\b/;
const ofFolder = /\bprocess\.cwd\(\)/;

/** What opens or sends files, on the line of a path. */
const opening =
  /\b(?:static|serveStatic|sendFile|download|readFile|readFileSync|readJson\w*|readdir\w*|createReadStream|opendir|existsSync|statSync|serve|glob\w*|load\w*|views?|root|rootDir|dir|dirname|directory|path|folder|public\w*|templates?\w*|loadPath|cwd|migrations?\w*|join|resolve|URL|Worker|fork)\b|\b__dirname\b|\bimport\.meta\b/;

/** Configurations, in which a single word is a folder; those of tests and linters are about what no build reads. */
const configuration =
  /^(?!.*(?:jest|vitest|playwright|cypress|karma|eslint|stylelint|prettier|lint))(?:.*\/)?(?:[\w.]+[.-]config\.[cm]?[jt]s|\.[\w-]+\.[cm]?js)$/;

/** A text in quotes that could be a path; `${name}` in backquotes ends what is known of one. */
const quoted = /(['"`])((?:\.{0,2}\/)?[\w@.[\]*{},~-]+(?:[\w@.[\]*{},~ /-]*[\w@.[\]*{},~-])?\/?)\1/g;
const inTemplate = /`(?:\$\{([^}]*)\})?\/?([\w@.~-]+(?:\/[\w@.~-]+)*)[^`]*`/g;
const added = /(__dirname|import\.meta\.dirname|process\.cwd\(\))\s*\+\s*(['"`])\/?([^'"`$]+)\2/g;

/** The name of a module, which is no path: `require('path')`, `import path from 'path'`. */
const moduleName = /(\b(?:require(?:\.resolve)?\(|import\(|from|import)\s*)(['"])(?![./])[^'"\n]*\2/g;

/** What the image sets: `${process.env.NODE_ENV}.env` is `production.env` there. */
const environment = /\$\{\s*process\.env\.NODE_ENV\s*(?:(?:\|\||\?\?)\s*['"]\w*['"]\s*)?\}/g;

/** All texts of the files that may be paths, joined where the code joins them. */
export function pathTexts(project: Project, files: readonly string[]): readonly PathText[] {
  return files.flatMap((file) => {
    const source = project.text(file);
    if (source === undefined || source.length > 512 * 1024) return [];
    const text = withoutComments(source).replace(moduleName, '$1').replace(environment, 'production');
    return [...inText(text, file)];
  });
}

function* inText(source: string, file: string): Generator<PathText> {
  const lines = source.replace(joins, (call) => call.replace(/[^\n]/g, ' ')).split('\n');
  const inConfig = configuration.test(file);
  const all = source.split('\n');
  const lineAt = (index: number): number => source.slice(0, index).split('\n').length;
  for (const match of source.matchAll(joins)) {
    const line = lineAt(match.index);
    const base = ofFolder.test(match[1] ?? '') ? 'cwd' : ofFile.test(match[1] ?? '') ? 'file' : 'any';
    yield { text: joined(match[1] ?? ''), base, opens: true, place: { file, line } };
  }
  for (const [index, line] of lines.entries()) {
    if (line.length > 2000) continue;
    const place = { file, line: index + 1 };
    const whole = all[index] ?? '';
    const opens = inConfig || opening.test(whole);
    const isImport = /^\s*(?:import|export)\b.*\bfrom\s*['"]/.test(whole);
    const base = ofFolder.test(whole) ? 'cwd' : ofFile.test(whole) ? 'file' : 'any';
    for (const [, of = '', , text = ''] of line.matchAll(added))
      yield { text, base: of.startsWith('process') ? 'cwd' : 'file', opens: true, place };
    for (const [, of, text = ''] of line.matchAll(inTemplate))
      if (of !== undefined || /[/.]/.test(text)) yield { text, base, opens, place };
    for (const [, , text = ''] of line.matchAll(quoted)) yield { text, base, opens, place, isImport };
  }
}

/** The path that the arguments of a join stand for: the texts among them, up to the next that is none. */
function joined(args: string): string {
  const parts = args
    .replace(/\([^()]*\)/g, '')
    .split(',')
    .map((part) => /^\s*(['"`])([^'"`$]*)\1\s*$/.exec(part)?.[2]);
  const first = parts.findIndex((part) => part !== undefined);
  const rest = first < 0 ? [] : parts.slice(first);
  const end = rest.indexOf(undefined);
  const path = rest.slice(0, end < 0 ? rest.length : end).join('/');
  // join(__dirname, '/views') stays below the folder in front of it
  return first > 0 ? path.replace(/^\/+/, '') : path;
}
