import type { Project } from '@msb/core';
import { withoutComments } from './comments.ts';

/** A file of code, without its comments. */
export interface Code {
  readonly file: string;
  readonly text: string;
  readonly kotlin: boolean;
}

/** Sources larger than this are generated. In characters. */
const largest = 512 * 1024;

/** Reads the Java and Kotlin files of a list. */
export const codeIn = (project: Project, files: readonly string[]): readonly Code[] =>
  files
    .filter((file) => /\.(java|kt)$/.test(file))
    .flatMap((file) => {
      const text = project.text(file);
      return text === undefined || text.length > largest
        ? []
        : [{ file, text: withoutComments(text), kotlin: file.endsWith('.kt') }];
    });

/** The line that a place of a text is on, from 1. */
export const lineAt = (text: string, index: number): number => (text.slice(0, index).match(/\n/g)?.length ?? 0) + 1;

/** What names stand for: constants, fields with a value, and fields that a setting with a default fills. */
export interface Names {
  /** The expression that a name stands for in a file: its own, or the only one that any file has. */
  of(file: string, name: string): string | undefined;
}

/** `static final String DIR = "x";`, `private val dir = File("x")`, `const val X = "x"`. */
const assigned =
  /\b(?:String|Path|File|URI|val|var|(?:val|var)\s+\w+\s*:\s*\w+|final)\s+(\w+)(?:\s*:\s*[\w?]+)?\s*=\s*((?:[^;"\n]|"(?:\\.|[^"\\\n])*")+)/g;
/** Constants of an enum with one text: `DATA("data"),`. */
const enumerated = /(?:^|[{,])\s*([A-Z][A-Z0-9_]*)\s*\(\s*("[^"\\\n]*")\s*\)(?=\s*[,;}])/gm;
/** `@Value("${upload.dir:uploads}") String dir`, `@Value("\${…}") private val dir: String`. */
const injected =
  /@Value\s*\(\s*(?:value\s*=\s*)?"\\?\$\{([\w.-]+)(?::([^}"]*))?\}"\s*\)[^;=(){}]*?(\w+)\s*(?:[;,)=]|:\s*\w)/g;
const configured =
  /@ConfigProperty\s*\(\s*name\s*=\s*"([\w.-]+)"(?:\s*,\s*defaultValue\s*=\s*"([^"]*)")?\s*\)[^;=(){}]*?(\w+)\s*(?:[;,)=]|:\s*\w)/g;

/** Reads the names of all files. `setting` gives the value of a setting that the program's own configuration names. */
export function namesIn(codes: readonly Code[], setting: (key: string) => string | undefined): Names {
  const own = new Map<string, ReadonlyMap<string, string>>();
  const everywhere = new Map<string, Set<string>>();
  for (const { file, text } of codes) {
    const found = new Map<string, string>();
    const add = (name: string, value: string): void => {
      found.set(name, found.has(name) && found.get(name) !== value ? '' : value);
      everywhere.set(name, (everywhere.get(name) ?? new Set()).add(value));
    };
    for (const [, name = '', value = ''] of text.matchAll(assigned)) add(name, value.trim());
    if (/\benum\b/.test(text)) for (const [, name = '', value = ''] of text.matchAll(enumerated)) add(name, value);
    for (const pattern of [injected, configured]) {
      for (const [, key = '', usual, name = ''] of text.matchAll(pattern)) {
        const value = setting(key) ?? usual;
        if (value !== undefined && !value.includes('"')) add(name, `"${value}"`);
      }
    }
    own.set(file, found);
  }
  return {
    of: (file, name) => {
      const here = own.get(file)?.get(name);
      if (here !== undefined) return here || undefined;
      const [only, second] = [...(everywhere.get(name) ?? [])];
      return second === undefined ? only : undefined;
    },
  };
}
