import { type Detection, isKnownTool, type Project, type ToolUse } from '@msb/core';
import type { PackageJson } from '../package-json.ts';

/** A program that is started by its name, with or without a shell. */
const started =
  /\b(?:spawn|spawnSync|exec|execSync|execFile|execFileSync|execa|execaSync|execaCommand|execPromise|execAsync|run)\(\s*['"`]([a-z][\w.-]*)|(?:\bBun\.)?\$\s*`\s*([a-z][\w.-]*)/;

/** Packages that start a program, or draw text, and the packages that bring that program along. */
const byPackage: Readonly<Record<string, { readonly tool: string; readonly unless?: RegExp }>> = {
  'chartjs-node-canvas': { tool: 'fonts' },
  'fluent-ffmpeg': { tool: 'ffmpeg', unless: /^(?:ffmpeg-static|@ffmpeg-installer\/ffmpeg|ffmpeg-ffprobe-static)$/ },
  gm: { tool: 'gm' },
  'libreoffice-convert': { tool: 'soffice' },
  'node-poppler': { tool: 'pdfinfo' },
  'node-tesseract-ocr': { tool: 'tesseract' },
  'node-pandoc': { tool: 'pandoc' },
  'simple-git': { tool: 'git' },
  wkhtmltopdf: { tool: 'wkhtmltopdf' },
};

/** Programs and fonts that the code starts or uses, of those that core can add to a base. */
export function toolsIn(project: Project, { production }: PackageJson, files: readonly string[]): readonly ToolUse[] {
  const found = new Map<string, ToolUse>();
  for (const { file, line, match } of project.matches(files, started)) {
    const name = match[1] ?? match[2] ?? '';
    const optional = /^\s*(?:\*|\/\/)/.test(match.input);
    if (!optional && isKnownTool(name) && !found.has(name)) found.set(name, { name, place: { file, line } });
  }
  for (const [name, { tool, unless }] of Object.entries(byPackage)) {
    const dependency = production.get(name);
    const brought = unless && [...production.keys()].some((other) => unless.test(other));
    if (dependency === undefined || brought || found.has(tool)) continue;
    found.set(tool, { name: tool, place: dependency.place });
  }
  // gm draws with ImageMagick where it is told to
  const magick = found.has('gm') && project.search(files, [/\bsubClass\(\s*\{\s*imageMagick/]);
  if (magick) found.set('convert', { name: 'convert', place: { file: magick.file, line: magick.line } });
  return [...found.values()];
}

/** Why a program that starts others ships on a base with packages. */
export function toolRuntimes(tools: readonly ToolUse[]): Detection['runtimes'] {
  const [first] = tools;
  if (first === undefined) return undefined;
  const names = tools.map(({ name }) => name).join(', ');
  return {
    families: ['slim', 'alpine'],
    reason: {
      message: `Your app uses ${names}, which distroless can't have: it ships on slim`,
      hint: 'Leave that to a container of its own to ship without a shell and packages.',
      ...(first.place && { place: first.place }),
    },
  };
}
