import { join, type Place, type Project } from '@msb/core';
import type { Module } from './build.ts';

/** A class that `java` can start. */
export interface MainClass {
  readonly name: string;
  readonly place: Place;
}

const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const javaMain = /\bstatic\s+(?:final\s+|synchronized\s+)*void\s+main\s*\(/;
const kotlinMain = /^(?:suspend\s+)?fun\s+main\s*\(/m;
const kotlinStatic = /@JvmStatic\s+(?:final\s+|public\s+)?fun\s+main\s*\(/;

const tests = /(^|\/)(src\/\w*[tT]est\w*|test)\//;

/** The sources of a module that ship: its `src/main`, or its code where it lies elsewhere. A module below has its own. */
export function sourcesOf(project: Project, module: Module, modules: readonly Module[]): readonly string[] {
  const below = modules.filter(({ folder }) => folder !== module.folder && isIn(folder, module.folder));
  const own = project
    .sources()
    .filter((path) => isIn(path, module.folder) && !below.some(({ folder }) => isIn(path, folder)));
  const extra = own.filter((path) => module.resources.some((folder) => isIn(path, folder)));
  const usual = own.filter((path) => path.startsWith(join(module.folder, 'src/main/')));
  const code = usual.length > 0 ? usual : own.filter((path) => /\.(java|kt)$/.test(path) && !tests.test(path));
  return [...new Set([...code, ...extra])];
}

const isIn = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** The classes of a module that can be started. */
export function mainClasses(project: Project, sources: readonly string[]): readonly MainClass[] {
  return sources.flatMap((file) => {
    const text = /\.(java|kt)$/.test(file) ? project.text(file) : undefined;
    if (text === undefined || !text.includes('main')) return [];
    const code = text.replace(comments, (comment) => comment.replace(/[^\n]/g, ' '));
    const found = file.endsWith('.java') ? inJava(file, code) : inKotlin(file, code);
    return found ? [found] : [];
  });
}

const baseName = (file: string): string => file.replace(/^.*\//, '').replace(/\.\w+$/, '');

function named(file: string, code: string, simple: string, match: RegExpExecArray): MainClass {
  const group = /^\s*package\s+([\w.`]+)/m.exec(code)?.[1]?.replaceAll('`', '');
  const line = code.slice(0, match.index).split('\n').length;
  return { name: group === undefined ? simple : `${group}.${simple}`, place: { file, line } };
}

function inJava(file: string, code: string): MainClass | undefined {
  const match = javaMain.exec(code);
  return match ? named(file, code, baseName(file), match) : undefined;
}

/** Kotlin puts functions of a file into a class that is named after it: `main.kt` → `MainKt`. */
function inKotlin(file: string, code: string): MainClass | undefined {
  const top = kotlinMain.exec(code);
  if (top) {
    const given = /@file:JvmName\(\s*"(\w+)"\s*\)/.exec(code)?.[1];
    const name = baseName(file).replace(/[^\p{L}\p{N}_$]/gu, '_');
    return named(file, code, given ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Kt`, top);
  }
  const inside = kotlinStatic.exec(code);
  const owner = inside && [...code.slice(0, inside.index).matchAll(/\b(?:class|object)\s+(\w+)/g)][0]?.[1];
  return inside && owner ? named(file, code, owner, inside) : undefined;
}

/** Folders that hold what a program reads of its own configuration, the nearest to it first. */
export const resourceFolders = (module: Module): readonly string[] => [
  ...module.resources,
  ...['src/main/resources', 'src/main/resources/config', 'config', ''].map((path) => join(module.folder, path)),
];
