import { join, type Place, type Project } from '@msb/core';
import type { Module } from '../build.ts';
import { resourceFolders } from '../mains.ts';
import { readSettings, type Setting } from '../service/config.ts';
import { type Found, type Written, writtenAt } from './code.ts';
import { type Ground, inImage, localPath, spotOf } from './places.ts';

/** The settings that the program starts with: by their full name, and as lines for what is in lists. */
export interface Config {
  readonly files: readonly string[];
  readonly settings: ReadonlyMap<string, Setting>;
}

const endings = ['properties', 'yml', 'yaml'];
const names = (profiles: readonly string[]): readonly string[] =>
  ['application', 'bootstrap', ...profiles.map((profile) => `application-${profile}`)].flatMap((name) =>
    endings.map((ending) => `${name}.${ending}`),
  );

/** Reads the configuration of modules: what holds without a profile, and for those that it names itself. */
export function readConfig(project: Project, modules: readonly Module[]): Config {
  const folders = modules.flatMap(resourceFolders);
  const there = (wanted: readonly string[]): readonly string[] => [
    ...new Set(
      folders.flatMap((folder) => wanted.map((name) => join(folder, name))).filter((file) => project.has(file)),
    ),
  ];
  const usual = there([...names([]), 'META-INF/microprofile-config.properties']);
  const base = settingsOf(project, usual);
  const active = plainValue(
    base.get('spring.profiles.active')?.value ?? base.get('spring.profiles.default')?.value ?? '',
  );
  const profiles = (active ?? '').split(/[,\s]+/).filter((profile) => /^[\w-]+$/.test(profile));
  const files =
    profiles.length === 0 ? usual : [...there(names(profiles).filter((name) => name.includes('-'))), ...usual];
  return { files, settings: settingsOf(project, files) };
}

/** The configuration of the program's own that it reads next to the jar. */
export const configAt = (project: Project, paths: readonly string[]): Config => {
  const files = paths
    .flatMap((path) => (project.has(path) ? [path] : project.list(path).map((name) => join(path, name))))
    .filter((path) => /\.(ya?ml|properties)$/.test(path) && project.has(path));
  return { files, settings: settingsOf(project, files) };
};

/** The first file that has a setting counts. */
function settingsOf(project: Project, files: readonly string[]): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  for (const file of files) {
    for (const [key, value] of readSettings(project, file)) if (!found.has(key)) found.set(key, value);
  }
  return found;
}

/** A value whose placeholders are put in by their defaults: `${DIR:./data}/x`; `undefined` where one has none. */
export function plainValue(value: string): string | undefined {
  const plain = value.replace(/\$\{[\w.-]+:([^${}]*)\}/g, '$1');
  return /\$\{/.test(plain) ? undefined : plain;
}

/** Settings that name a folder or a file by themselves, and those whose folder the program writes to. */
const pathKey =
  /(^|[.-]|[a-z])(dir|directory|directories|folder|path|location|locations|root|home|file|files|prefix)$/i;
const writeKey =
  /(upload|storage|(?<!key|trust)store|output|export|download|log|cache|temp|tmp|work|backup|attachment|index|database|db)[\w-]*([.-]|[A-Z]|$)/i;
const logFile =
  /^(logging\.file(\.name)?|.*\bcurrentLogFilename|quarkus\.log\.file\.path|server\.tomcat\.accesslog\.file|logging\.file\.path)$/;
const writtenFolder =
  /^(logging\.file\.path|logging\.path|server\.tomcat\.basedir|server\.undertow\.accesslog\.dir|server\.tomcat\.accesslog\.directory|spring\.servlet\.multipart\.location|quarkus\.http\.body\.uploads-directory|micronaut\.server\.multipart\.location|derby\.system\.home)$/;

/** What the configuration reads of the repository: values with `file:` in front, and plain paths of what is there. */
export function configReads(ground: Ground, { settings, files }: Config): readonly Found[] {
  const named = [...settings].flatMap(([key, { value, place }]) => {
    // only while the program is written
    if (/^spring\.(docker\.compose|devtools)\./.test(key)) return [];
    const plain = plainValue(value);
    return plain === undefined ? [] : plain.split(',').flatMap((item) => readIn(ground, key, item.trim(), place));
  });
  return [...named, ...listed(ground, files)];
}

function readIn(ground: Ground, key: string, value: string, place: Place): readonly Found[] {
  const text = value.replace(/^optional:/, '').replace(/[/*]*\*.*$/, '');
  const explicit = /^(file|filesystem):/.test(text);
  const local = /\s/.test(text) && !explicit ? undefined : localPath(text);
  if (local === undefined) return [];
  const spot = spotOf(ground, local);
  if (spot && (explicit || /\//.test(text) || pathKey.test(key) || ground.project.has(spot.path))) {
    return [{ ...spot, place }];
  }
  // Spring ends where it does not find what it imports
  const must = key === 'spring.config.import' && explicit && !value.startsWith('optional:');
  return must && !spot ? [{ path: local, at: inImage(ground, local), missing: true, place }] : [];
}

/** `- file:./content/` in lists, which have no names of their own. */
const listed = (ground: Ground, files: readonly string[]): readonly Found[] =>
  [
    ...ground.project.matches(
      files,
      /^\s*-\s*["']?(?:optional:)?((?:file|filesystem):[^"'\s]+|[\w./-]*\/[\w./-]+)["']?\s*$/,
    ),
  ].flatMap(({ file, line, match: [, value = ''] }) => readIn(ground, '', value, { file, line }));

/** What the configuration makes the program write: logs, uploads, databases of one file. */
export const configWrites = (ground: Ground, { settings }: Config): readonly Written[] =>
  [...settings].flatMap(([key, { value, place }]) => {
    const plain = plainValue(value);
    if (plain === undefined || plain === '' || /^(classpath|https?|jdbc|redis|amqp|mongodb):/.test(plain)) return [];
    if (/\s/.test(plain) || plain.includes(',') || isFile(ground, plain)) return [];
    const target = writtenFolder.test(key)
      ? writtenAt(plain, false)
      : logFile.test(key)
        ? writtenAt(plain, true)
        : pathKey.test(key) && writeKey.test(key) && isPath(plain)
          ? writtenAt(plain, /\.\w{1,5}$/.test(plain))
          : undefined;
    return target && !/^\/?tmp(\/|$)/.test(target.path) ? [{ ...target, place }] : [];
  });

/** Whether the repository has a file there, which is then read. */
function isFile(ground: Ground, text: string): boolean {
  const local = localPath(text);
  const spot = local === undefined ? undefined : spotOf(ground, local);
  return spot !== undefined && ground.project.has(spot.path);
}

/** `./uploads`, `data/x`, `uploads`: no switch and no pattern. */
const isPath = (value: string): boolean =>
  /^(file:)?[\w./~-]+$/.test(value) &&
  !/^(true|false|none|\d+)$/.test(value) &&
  !/^\/(?!data\b|var\b|app\b|opt\b|srv\b)/.test(value);
