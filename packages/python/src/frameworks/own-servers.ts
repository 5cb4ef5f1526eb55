import { shellWord } from '@msb/core';
import { modulePath } from '../layout.ts';
import { likelyHits } from '../sources.ts';
import type { Candidate, StartContext } from '../start/candidate.ts';

/** A framework that is started by a program of its own, with a file or a module. */
interface OwnServer {
  readonly package: string;
  readonly title: string;
  /** The line that tells the file; group 1 is the name of the object, if there is one. */
  readonly line: RegExp;
  /** The command, by the file and the module with the object. */
  readonly command: (file: string, module: string, name: string) => string;
}

const rows: readonly OwnServer[] = [
  {
    package: 'streamlit',
    title: 'Streamlit',
    line: /^\s*(?:import\s+streamlit\b|from\s+streamlit\b)/,
    command: (file) => `streamlit run ${shellWord(file)}`,
  },
  {
    package: 'sanic',
    title: 'Sanic',
    line: /^(\w+)\s*(?::\s*\w+\s*)?=\s*(?:sanic\.)?Sanic\s*\(/,
    command: (_, module, name) => `sanic ${module}:${name}`,
  },
  {
    package: 'celery',
    title: 'Celery',
    line: /^(\w+)\s*(?::\s*\w+\s*)?=\s*(?:celery\.)?Celery\s*\(/,
    command: (_, module, name) => `celery --app ${module}:${name} worker --loglevel INFO`,
  },
];

/** The programs of frameworks that bring their server, or serve a queue. */
export function findOwnServers(context: StartContext): readonly Candidate[] {
  return rows
    .filter((row) => context.packages.has(row.package))
    .flatMap(({ title, line, command }) => {
      const [hit] = likelyHits(context.project, line);
      if (hit === undefined) return [];
      const { module, folder } = modulePath(context.project, context.layout, hit.file);
      const file = folder === '' ? hit.file : hit.file.slice(folder.length + 1);
      const text = command(file, module, hit.match[1] ?? 'app');
      return [
        {
          text,
          about: `the ${title} application in ${hit.file}`,
          place: { file: hit.file, line: hit.line },
          folder,
          certain: true,
        },
      ];
    });
}
