import { existsSync } from 'node:fs';
import {
  type ConflictPolicy,
  conflictPolicies,
  flagName,
  type Listed,
  MsbError,
  type OptionSchema,
  optionSchemas,
} from '@msb/core';
import { nearest } from './nearest.ts';
import { parse } from './parse.ts';

/** A flag as `--help` shows it. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly value?: string;
  readonly about: string;
}

/** The flags of the tool itself. */
export const ownFlags: readonly Flag[] = [
  { name: 'yes', short: 'y', about: 'ask nothing: take what was found, and the suggestions' },
  { name: 'dry-run', about: 'show what would be written, and write nothing' },
  { name: 'json', about: 'print one JSON object instead of text' },
  {
    name: 'on-conflict',
    value: conflictPolicies.join('|'),
    about: 'what to do with files that msb did not write, or that you edited',
  },
  { name: 'ecosystem', value: 'id', about: 'which project it is, where a folder holds several' },
  { name: 'project', value: 'name', about: 'which package of a workspace the image is for, by name or folder' },
  { name: 'templates', value: 'folder', about: 'your own, in a folder or an installed package; none for ours' },
  { name: 'list', about: 'list the ecosystems and the images they can ship on' },
  { name: 'debug', about: 'show the stack trace of an error' },
  { name: 'version', short: 'v', about: 'print the version' },
  { name: 'help', short: 'h', about: 'print this' },
];

/** An option of one or more ecosystems. */
export interface EcosystemOption {
  readonly option: string;
  readonly schema: OptionSchema;
  readonly titles: readonly string[];
}

/** The options of all ecosystems; one that several of them share is listed once. */
export function ecosystemOptions(ecosystems: readonly Listed[]): readonly EcosystemOption[] {
  const all = ecosystems.flatMap(({ manifest }) =>
    Object.entries(optionSchemas(manifest)).map(([option, schema]) => ({ option, schema, title: manifest.title })),
  );
  return [...new Set(all.map(({ option }) => option))].flatMap((option) => {
    const same = all.filter((candidate) => candidate.option === option);
    const [first] = same;
    return first ? [{ option, schema: first.schema, titles: same.map(({ title }) => title) }] : [];
  });
}

/** What the command line says. */
export interface Invocation {
  readonly folder: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly list: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly debug: boolean;
  readonly onConflict: ConflictPolicy | undefined;
  readonly ecosystem: string | undefined;
  readonly project: string | undefined;
  readonly templates: string | undefined;
  /** Options of ecosystems, still as text. */
  readonly options: Readonly<Record<string, string>>;
}

/** Reads the command line. Throws `bad-option`. */
export function readFlags(args: readonly string[], ecosystems: readonly Listed[]): Invocation {
  const options = ecosystemOptions(ecosystems);
  const texts = options.map(({ option }) => flagName(option).slice(2));
  const switches = options.filter(({ schema }) => schema.type === 'boolean').map(({ option }) => flagName(option));
  const config = Object.fromEntries([
    ...ownFlags.map(({ name, short, value }) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      return [name, short === undefined ? { type } : { type, short }] as const;
    }),
    ...texts.map((name) => [name, { type: 'string' as const }] as const),
  ]);
  const { values, positionals } = parse(withValues(args, switches), config, 'See create-msb-docker --help.');
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const given = options.flatMap(({ option }) => {
    const value = text(flagName(option).slice(2));
    return value === undefined ? [] : [[option, value] as const];
  });
  return {
    folder: onlyOne(positionals),
    yes: values.yes === true,
    dryRun: values['dry-run'] === true,
    json: values.json === true,
    list: values.list === true,
    help: values.help === true,
    version: values.version === true,
    debug: values.debug === true,
    onConflict: policy(text('on-conflict')),
    ecosystem: text('ecosystem'),
    project: text('project'),
    templates: text('templates'),
    options: Object.fromEntries(given),
  };
}

/** `--bake` means `--bake true`; `--bake false` turns off what the last run had on. */
const withValues = (args: readonly string[], switches: readonly string[]): readonly string[] =>
  args.map((arg, index) =>
    switches.includes(arg) && !/^(true|false)$/.test(args[index + 1] ?? '') ? `${arg}=true` : arg,
  );

/** Words that are commands where they come first. */
const commandWords = ['check', 'explain', 'verify'];

function onlyOne(positionals: readonly string[]): string {
  const [folder = '.', second] = positionals;
  if (folder === '') {
    throw new MsbError('bad-option', 'The name of the folder is empty', 'Leave it out for the folder that you are in.');
  }
  const meant = existsSync(folder) ? undefined : nearest(folder, commandWords);
  if (meant !== undefined) {
    throw new MsbError(
      'bad-option',
      `Unknown command "${folder}"`,
      `Did you mean "${meant}"? A folder is ./${folder}.`,
    );
  }
  if (second === undefined) return folder;
  throw new MsbError(
    'bad-option',
    `More than one folder: ${positionals.join(', ')}`,
    'Name one folder, and run create-msb-docker again for each of the others.',
  );
}

function policy(text: string | undefined): ConflictPolicy | undefined {
  const found = conflictPolicies.find((candidate) => candidate === text);
  if (text === undefined || found !== undefined) return found;
  throw new MsbError('bad-option', `--on-conflict must be ${conflictPolicies.join(' or ')}`, 'See --help.');
}
