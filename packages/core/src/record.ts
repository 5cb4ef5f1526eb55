import { type Borrowed, fromRecord } from './borrowed.ts';
import { MsbError } from './errors.ts';
import type { GivenOptions } from './options/schema.ts';
import { at, keysOf, readJson, type Value } from './project/documents.ts';
import type { Project } from './project/project.ts';

/** The name of the record, beside the Dockerfile. */
export const recordFile = '.msb.json';

/** How the files were made: enough to make them again, and to tell what the user changed since. */
export interface MsbRecord {
  readonly version: 1;
  readonly ecosystem: string;
  /** What was answered or given as a flag; what the project says by itself is read anew each time. */
  readonly options: GivenOptions;
  /** Each file as it was generated. */
  readonly files: Readonly<Record<string, string>>;
  /** Whose templates they were made with, where that was somebody else. */
  readonly templates?: Borrowed;
  /** What people wrote for the command `verify`; kept as it is. */
  readonly verify?: Value;
}

/** Reads the record of a project; `undefined` when there is none. Throws `broken-file`. */
export function readRecord(project: Project): MsbRecord | undefined {
  if (!project.has(recordFile)) return undefined;
  const { value } = readJson(project, recordFile);
  const ecosystem = at(value, 'ecosystem');
  if (at(value, 'version') !== 1 || typeof ecosystem !== 'string') {
    throw new MsbError(
      'broken-file',
      `${recordFile} was made by another version of create-msb-docker`,
      `Update create-msb-docker, or delete ${recordFile} to start over.`,
      { file: recordFile },
    );
  }
  const options: Record<string, string | number | boolean> = {};
  for (const name of keysOf(at(value, 'options'))) {
    const option = at(value, 'options', name);
    if (typeof option === 'string' || typeof option === 'number' || typeof option === 'boolean') options[name] = option;
  }
  const files: Record<string, string> = {};
  for (const name of keysOf(at(value, 'files'))) files[name] = String(at(value, 'files', name));
  const verify = at(value, 'verify');
  const templates = fromRecord(at(value, 'templates'));
  return {
    version: 1,
    ecosystem,
    options,
    files,
    ...(templates && { templates }),
    ...(verify !== undefined && { verify }),
  };
}

/** The text of a record; options are sorted, so that the order of flags makes no difference. */
export function recordText(record: MsbRecord): string {
  const options = Object.entries(record.options).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ ...record, options: Object.fromEntries(options) }, null, 2)}\n`;
}
