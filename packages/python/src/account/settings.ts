import type { Place, Project } from '@msb/core';
import { settingsClasses } from './settings-classes.ts';

/** A variable that the program does not start without. */
export interface RequiredSetting {
  readonly name: string;
  readonly place: Place;
}

/** Whether code imports a module or something of it, alone or among several: `import logging, os as system, sys`. */
const imported = (...modules: readonly string[]): RegExp => {
  const names = modules.map((name) => name.replaceAll('.', '\\.')).join('|');
  return new RegExp(`^[ \\t]*(?:.*;[ \\t]*)?(?:import[ \\t]+(?:[^#\\n;]*,[ \\t]*)?|from[ \\t]+)(?:${names})\\b`, 'm');
};

/** How a library asks for a variable: the module that a file imports, and the call; one without a default is required. */
const libraries: readonly { readonly imports: RegExp; readonly call: RegExp }[] = [
  {
    imports: imported('os'),
    call: /\bos\.environ\[\s*["'](\w+)["']\s*\](?!\s*=[^=])/g,
  },
  {
    // a name alone may be what a WSGI server hands over
    imports: /^[ \t]*(?:.*;[ \t]*)?from[ \t]+os[ \t]+import\b[^#\n;]*\benviron\b/m,
    call: /(?<![\w.])environ\[\s*["'](\w+)["']\s*\](?!\s*=[^=])/g,
  },
  {
    // https://github.com/HBNetwork/python-decouple, https://www.starlette.io/config/
    imports: imported('decouple', 'starlette.config'),
    call: /\bconfig\(\s*["']([A-Z]\w*)["']\s*(?:,\s*cast\s*=\s*[\w.]+\s*,?\s*)?\)/g,
  },
  {
    // https://github.com/sloria/environs, https://django-environ.readthedocs.io
    imports: imported('environs', 'environ'),
    call: /\benv(?:\.\w+)?\(\s*["']([A-Z]\w*)["']\s*\)/g,
  },
];

/** What Python, a shell or the image itself sets. */
const given = new Set([
  'PATH',
  'HOME',
  'PORT',
  'USER',
  'HOSTNAME',
  'PWD',
  'TZ',
  'TMPDIR',
  'LANG',
  'PYTHONPATH',
  'VIRTUAL_ENV',
  'TERM',
]);

/** The variables that some files don't do without. */
export function requiredSettings(project: Project, files: readonly string[]): readonly RequiredSetting[] {
  const texts = files.flatMap((file) => {
    const text = project.text(file);
    return text === undefined ? [] : [{ file, text: withoutComments(text) }];
  });
  const all = [
    ...settingsClasses(texts),
    ...texts.flatMap(({ file, text }) =>
      libraries
        .filter(({ imports }) => imports.test(text))
        .flatMap(({ call }) => [...text.matchAll(call)])
        .map((match) => ({ name: match[1] ?? '', place: { file, line: lineAt(text, match.index) } })),
    ),
  ].filter(({ name }) => name !== '' && !given.has(name) && !optional(texts, name));
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

const withoutComments = (text: string): string => text.replace(/(^|\s)#[^\n]*/g, '$1');

/** The number of the line at an offset. */
const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Whether the code sets a variable itself, asks whether it is there, or knows what to do without. */
const optional = (texts: readonly { readonly text: string }[], name: string): boolean => {
  const handled = new RegExp(
    `["']${name}["']\\s*(?:not\\s+)?in\\s+(?:os\\.)?environ|environ\\[\\s*["']${name}["']\\s*\\]\\s*=[^=]|setdefault\\(\\s*["']${name}["']|(?:get|getenv)\\(\\s*["']${name}["']|\\b${name}\\s*=\\s*\\(\\s*\\w+\\s*,`,
  );
  return texts.some(({ text }) => handled.test(text));
};
