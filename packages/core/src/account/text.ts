import { placeText } from '../errors.ts';
import type { Account, Outcome, SettledRead } from './access.ts';

/** What became of a read, in the words of a table. */
const outcomes: Readonly<Record<Outcome, string>> = {
  build: 'in the build',
  image: 'in the image',
  added: 'copied into the image',
  made: 'made by the build',
  missing: 'not in the repository',
  secret: 'a secret: mount it',
  unnamed: 'no name for a Dockerfile',
};

const outcomeOf = ({ outcome, at }: SettledRead): string =>
  at === undefined || outcome === 'missing' ? outcomes[outcome] : `${outcomes[outcome]}: ${at}`;

/** What no search can find. */
const unknown = 'Not listed: a path that the code makes when it runs. Name its file or folder with --include.';

/** The account as a table: what is read and written, by which line of the project, and what became of it. */
export function accountText({ reads, writes, settings, tools }: Account): string {
  const rows = [
    ...reads.map((read) => [`reads ${read.path}`, read.when, place(read), outcomeOf(read)]),
    ...writes.map((write) => [
      `writes ${write.path}`,
      'run',
      place(write),
      write.keep ?? (write.readOnly ? 'read-only: the program itself is there' : 'lost with the container'),
    ]),
    ...settings.map((setting) => [`needs ${setting.name}`, 'run', place(setting), 'set it: docker run -e']),
    ...tools.map((tool) => [`starts ${tool.name}`, 'run', place(tool), '']),
  ];
  const widths = [0, 1, 2].map((column) => Math.min(48, Math.max(0, ...rows.map((row) => row[column]?.length ?? 0))));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return `${[...lines, `  ${unknown}`].join('\n')}\n`;
}

const place = ({ place: found }: Pick<SettledRead, 'place'>): string => (found ? placeText(found) : '');
