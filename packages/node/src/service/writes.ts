import { join, type Note, type Project } from '@msb/core';
import { constantsIn } from '../reads/expressions.ts';
import { placeOf } from './service.ts';

/** Calls that make files or folders, and databases in a file. */
const writing = [
  /\bmkdir(?:Sync|p)?\(/,
  /\b(?:writeFile|appendFile)(?:Sync)?\(/,
  /\bcreateWriteStream\(/,
  /\bmulter\(\s*\{\s*dest:/,
  /\bnew (?:sqlite3?\.)?Database(?:Sync)?\(\s*(?!['"`]:memory:)/,
  // winston's transports: https://github.com/winstonjs/winston/blob/master/docs/transports.md#file-transport
  /\b(?:file|dir)name:\s*['"`](?!\/)[\w.%/-]*logs?\b/,
];

/** A folder beside the program: `'./uploads'`, `'data/db.sqlite'`. */
const folder = /['"`](?:\.\/)?([A-Za-z][\w-]*)(?:\/[\w./-]*)?['"`]/;

/**
 * What the program writes beside itself. In an image its folder belongs to root, and is read-only where people take care;
 * only /tmp is there to be written to. `runsIn` is where it is started, for the sources of a package that it uses.
 */
export function writesNotes(project: Project, files: readonly string[], runsIn: Project = project): readonly Note[] {
  for (const pattern of writing) {
    for (const hit of project.matches(files, pattern)) {
      const line = hit.match.input;
      if (/^\s*(?:\*|\/\/)|\btmpdir\b|['"`]\/tmp\b/.test(line)) continue;
      if (isTemporary(project.text(hit.file) ?? '', line.slice(hit.match.index + hit.match[0].length))) continue;
      const name = folder.exec(line.slice(hit.match.index))?.[1] ?? 'data';
      return [
        {
          message: 'The program writes files, and in the image only /tmp can be written to',
          hint: `Mount the folder that it writes to: --tmpfs /${join('app', runsIn.inContext(''), name)}, or a volume that user 65532 may write to.`,
          place: placeOf(hit),
        },
      ];
    }
  }
  return [];
}

/** Whether the first argument is a constant of the file in the folder for temporary files. */
const isTemporary = (text: string, args: string): boolean =>
  /\btmpdir\(|['"`]\/tmp\b/.test(constantsIn(text).get(/^\s*(\w+)/.exec(args)?.[1] ?? '') ?? '');
