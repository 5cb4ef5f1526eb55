import { join, type Place, type Project } from '@msb/core';

/** A setting of a program, and where it stands. */
export interface Setting {
  readonly value: string;
  readonly place: Place;
}

/**
 * The settings of a file by their full name, `server.port`. Reads .properties, and of YAML what settings are written in:
 * maps of words by indentation, up to the first part that is for one profile only.
 */
export function readSettings(project: Project, file: string): ReadonlyMap<string, Setting> {
  const text = project.text(file) ?? '';
  const found = new Map<string, Setting>();
  const read = file.endsWith('.properties') ? properties : yaml;
  for (const { key, value, line } of read(text)) {
    if (!found.has(key)) found.set(key, { value, place: { file, line } });
  }
  return found;
}

interface Line {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

function* properties(text: string): Generator<Line> {
  for (const [index, line] of text.split('\n').entries()) {
    if (/^#---/.test(line)) return; // the parts behind it are for profiles
    const [, key, value] = /^\s*([^#!\s:=][^\s:=]*)\s*[:=]\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) yield { key, value, line: index + 1 };
  }
}

function* yaml(text: string): Generator<Line> {
  const open: { readonly indent: number; readonly key: string }[] = [];
  let empty = true;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^---/.test(line) && !empty) return;
    const [, blank = '', quoted = '', rest = ''] =
      /^(\s*)("[^"]+"|'[^']+'|[\w.${}/*-]+)\s*:(?:\s+(.*))?$/.exec(line) ?? [];
    if (quoted === '') continue;
    empty = false;
    while ((open.at(-1)?.indent ?? -1) >= blank.length) open.pop();
    const key = [...open.map((level) => level.key), quoted.replace(/^["']|["']$/g, '')].join('.');
    const value = rest.replace(/(^|\s)#.*$/, '').trim();
    if (value === '') open.push({ indent: blank.length, key: quoted.replace(/^["']|["']$/g, '') });
    else yield { key, value: value.replace(/^(["'])(.*)\1$/, '$2'), line: index + 1 };
  }
}

const fileNames = ['properties', 'yml', 'yaml'].map((ending) => `application.${ending}`);

/** The first of some settings that the configuration files in these folders name; other files by their own names. */
export function findSetting(
  project: Project,
  folders: readonly string[],
  keys: readonly string[],
  names: readonly string[] = fileNames,
): Setting | undefined {
  const files = folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((file) => project.has(file));
  for (const file of files) {
    const settings = readSettings(project, file);
    for (const key of keys) {
      const found = settings.get(key);
      if (found) return found;
    }
  }
  return undefined;
}

/** The number in `8081`, or the usual one in `${PORT:8081}`. */
export const numberIn = (value: string): number | undefined => {
  const digits = /^(?:\$\{[\w.]+:)?(\d{1,5})\}?$/.exec(value)?.[1];
  return digits === undefined ? undefined : Number(digits);
};
