import type { Place, Project } from '@msb/core';

/** A program, a locale or fonts that the code needs of its base. */
export interface NeededTool {
  readonly name: string;
  readonly place: Place;
}

/** What a package of Python starts or loads, by the module that code imports. */
const byModule: Readonly<Record<string, readonly string[]>> = {
  pydub: ['ffmpeg'],
  ffmpeg: ['ffmpeg'],
  whisper: ['ffmpeg'],
  pytesseract: ['tesseract'],
  pdf2image: ['pdftoppm'],
  pdfkit: ['wkhtmltopdf'],
  imgkit: ['wkhtmltopdf'],
  git: ['git'],
  pypandoc: ['pandoc'],
  graphviz: ['dot'],
  ocrmypdf: ['tesseract', 'gs'],
  camelot: ['gs'],
  weasyprint: ['fonts'],
};

const started =
  /\b(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput)|(?:asyncio\.)?create_subprocess_(?:exec|shell)|(?:shutil\.)?which|os\.(?:system|popen|execvp)|Popen|check_output)\(\s*\[?\s*[rbf]{0,2}["']([\w./+-]+)(?=["'\s])/g;
const localeSet = /\bsetlocale\([^,\n]+,\s*["']([a-z]{2}_[A-Z]{2}[\w.@-]*)["']/g;
const font = /\b(?:truetype|TTFont)\(\s*(?:["'][^"']*["']\s*,\s*)?["']([^"'/]+\.tt[fc])["']/g;

/** What every image has that Python runs in. */
const there = new Set(['python', 'python3', 'sh', 'true', 'echo', 'cat', 'ls', 'pip', 'uv']);

/** What a program asks Git about its own repository, which no image has: it does without. */
const ofItself = /\b(?:rev-parse|describe|rev-list|show-ref|symbolic-ref)\b/;

/** The tools that some files start or name. */
export function neededTools(project: Project, files: readonly string[]): readonly NeededTool[] {
  const found = new Map<string, Place>();
  for (const file of files) {
    const text = project.text(file);
    if (text === undefined) continue;
    const add = (name: string, offset: number): void => {
      if (!found.has(name)) found.set(name, { file, line: text.slice(0, offset).split('\n').length });
    };
    for (const match of text.matchAll(/^[ \t]*(?:import|from)[ \t]+(\w+)/gm)) {
      const module = match[1] ?? '';
      for (const name of Object.hasOwn(byModule, module) ? (byModule[module] ?? []) : []) add(name, match.index);
    }
    for (const match of text.matchAll(started)) {
      const name = (match[1] ?? '').replace(/^.*\//, '');
      const rest = text.slice(match.index, match.index + 120);
      if (there.has(name) || project.exists(match[1] ?? '') || (name === 'git' && ofItself.test(rest))) continue;
      add(name, match.index);
    }
    for (const match of text.matchAll(localeSet)) add(`locale:${match[1]}`, match.index);
    for (const match of text.matchAll(font)) {
      const name = match[1] ?? '';
      if (!project.sources().some((path) => path.endsWith(name))) add('fonts', match.index);
    }
  }
  return [...found].map(([name, place]) => ({ name, place }));
}
