import { join, type Project } from '@msb/core';
import type { Module } from '../build.ts';
import { resourceFolders } from '../mains.ts';
import { type Written, writtenAt } from './code.ts';

/** Configuration of Logback, Log4j and java.util.logging. */
const file = /^(logback(-spring)?|log4j2?(-spring)?|logging|tinylog)\.(xml|properties|ya?ml|json)$/;

/** Where an appender names its file: elements and attributes of XML, keys of the rest. */
const targets = [
  /<(?:file|File|fileNamePattern|FileNamePattern)>\s*([^<]+?)\s*<\//,
  /\b(?:fileName|filePattern)\s*=\s*"([^"]+)"/,
  /<param\s+name="[Ff]ile"\s+value="([^"]+)"/,
  /^\s*(?:[\w.]*\.)?(?:fileName|filePattern|File|FileHandler\.pattern|file)\s*[=:]\s*["']?([^"'\s]+)["']?\s*$/,
];
const properties = [
  /<(?:property|variable|Property)\s+name="([\w.-]+)"\s+(?:value|defaultValue)="([^"]*)"/,
  /<Property\s+name="([\w.-]+)">\s*([^<]*?)\s*<\/Property>/,
  /<springProperty\s+[^>]*\bname="([\w.-]+)"[^>]*\bdefaultValue="([^"]*)"/,
  /^\s*property\.([\w.-]+)\s*=\s*(\S+)/,
];

/** The folders and files that logging writes. What only a profile turns on is written all the same when that is on. */
export function logWrites(project: Project, modules: readonly Module[]): readonly Written[] {
  const files = modules
    .flatMap(resourceFolders)
    .flatMap((folder) =>
      project
        .list(folder)
        .filter((name) => file.test(name))
        .map((name) => join(folder, name)),
    )
    .filter((path) => project.has(path));
  return [...new Set(files)].flatMap((path) => {
    const known = new Map(
      properties.flatMap((pattern) =>
        [...project.matches([path], pattern)].map(({ match: [, name = '', value = ''] }) => [name, value] as const),
      ),
    );
    return targets.flatMap((pattern) =>
      [...project.matches([path], pattern)].flatMap(({ line, match: [, spelled = ''] }) => {
        const name = filled(spelled, known);
        // a pattern of dates and numbers names its folder only
        const [fixed = '', ...more] = name?.split('%') ?? [];
        const target = more.length > 0 ? writtenAt(fixed.replace(/[^/]*$/, ''), false) : writtenAt(fixed, true);
        return target && !/^\/?tmp(\/|$)/.test(target.path) ? [{ ...target, place: { file: path, line } }] : [];
      }),
    );
  });
}

/** A text with its `${name:-usual}` put in, from the file itself or by their defaults; `undefined` where one is unknown. */
function filled(text: string, known: ReadonlyMap<string, string>, depth = 0): string | undefined {
  if (!text.includes('${')) return text;
  if (depth > 5) return undefined;
  const next = text.replace(
    /\$\{(?:sys:|env:|ctx:)?([\w.-]+?)(?::-([^${}]*))?\}/g,
    (whole, name: string, usual?: string) => {
      if (/^java\.io\.tmpdir$/.test(name)) return '/tmp';
      return known.get(name) ?? usual ?? whole.replace('${', '\0{');
    },
  );
  return next.includes('\0') ? undefined : filled(next, known, depth + 1);
}
