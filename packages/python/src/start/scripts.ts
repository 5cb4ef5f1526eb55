import { at, keysOf, lineOf, nameWord, type Place, shellWord, textAt } from '@msb/core';
import { isInstalled, modulePath, projectName } from '../layout.ts';
import { normalized } from '../names.ts';
import { toolOf } from '../pyproject.ts';
import { ownSources } from '../sources.ts';
import type { Candidate, StartContext } from './candidate.ts';

/** The scripts that installing the project makes: https://packaging.python.org/en/latest/specifications/entry-points/ */
export function findScripts(context: StartContext): readonly Candidate[] {
  const { pyproject, project, layout } = context;
  if (!layout.installed) return [];
  const tables = [at(pyproject.value, 'project', 'scripts'), at(toolOf(pyproject, 'poetry'), 'scripts')];
  const declared = tables.flatMap((table) =>
    keysOf(table).map((name) => ({ name, target: textAt(table, name), place: pyproject.place(name) })),
  );
  const found = declared.length > 0 ? declared : setupScripts(context);
  const own = normalized(projectName(project, pyproject) ?? '');
  return found.map(
    ({ name, target, place }): Candidate => ({
      text: nameWord(name, 'The name of a script'),
      about: `the script ${name}${target === undefined ? '' : `, ${target}`}`,
      place,
      folder: '',
      certain: found.length === 1,
      likely: normalized(name) === own,
      ...(target !== undefined && { module: target.split(':')[0] ?? '' }),
    }),
  );
}

/** `console_scripts` of setup.py and setup.cfg. */
function setupScripts({
  project,
}: StartContext): readonly { readonly name: string; readonly target: string; readonly place: Place }[] {
  return ['setup.cfg', 'setup.py'].flatMap((file) => {
    const text = project.text(file) ?? '';
    const [, list = ''] = /console_scripts["']?\s*[:=]\s*(\[[^\]]*\]|(?:\n[ \t]+\S.*)+)/.exec(text) ?? [];
    return [...list.matchAll(/([\w.-]+)\s*=\s*([\w.]+:[\w.]+)/g)].map(([, name = '', target = '']) => {
      const line = lineOf(text, new RegExp(`${name.replace(/\W/g, '.')}\\s*=\\s*${target.replace(/\W/g, '.')}`));
      return { name, target, place: { file, ...(line !== undefined && { line }) } };
    });
  });
}

/** Files that are started by name, the usual ones first. */
const usualFiles = [
  'main.py',
  'app.py',
  'run.py',
  'server.py',
  'bot.py',
  'worker.py',
  'cli.py',
  'src/main.py',
  'src/app.py',
  'app/main.py',
];

/** A package with `__main__.py`, or a file that says what to do when it is the program. */
export function findModules(context: StartContext): readonly Candidate[] {
  const { project, layout } = context;
  const mains = ownSources(project).filter((file) => /(^|\/)__main__\.py$/.test(file) && file.split('/').length <= 3);
  const modules = mains.map((file): Candidate => {
    const { module, folder } = modulePath(project, layout, file);
    const name = module.replace(/\.?__main__$/, '');
    const text = name === '' ? `python ${shellWord(folder === '' ? '.' : folder)}` : `python -m ${name}`;
    return {
      text,
      about: `the package ${name || 'of the project'}`,
      place: { file },
      folder: name === '' ? '' : folder,
      certain: mains.length === 1,
    };
  });
  const files = ownSources(project).filter((file) => file.split('/').length === 1 || usualFiles.includes(file));
  const programs = files.flatMap((file): readonly Candidate[] => {
    const [hit] = [...project.matches([file], /^if\s+__name__\s*==\s*["']__main__["']/)];
    const rank = usualFiles.indexOf(file);
    if (hit === undefined && rank < 0) return [];
    if (file.endsWith('__main__.py')) return [];
    const { module, folder } = modulePath(project, layout, file);
    // what is installed is not there as a file
    const text = isInstalled(layout, file)
      ? `python -m ${module}`
      : `python ${shellWord(folder === '' ? file : file.slice(folder.length + 1))}`;
    const place = { file, ...(hit && { line: hit.line }) };
    return [{ text, about: `the program ${file}`, place, folder, certain: rank >= 0 }];
  });
  const ranked = [...programs].sort((a, b) => usualRank(a) - usualRank(b));
  return [...modules, ...(ranked.length === 1 ? ranked.map((item) => ({ ...item, certain: true })) : ranked)];
}

const usualRank = ({ place }: Candidate): number => {
  const index = usualFiles.indexOf(place.file);
  return index < 0 ? usualFiles.length : index;
};
