import type { Place } from '@msb/core';
import { calleeOf } from '../code/calls.ts';
import { asGlob, valuesOf } from '../code/values.ts';
import { importsOf } from '../packages.ts';
import { settle } from './settle.ts';
import type { ProgramCode } from './types.ts';

/** A program that the code starts, or fonts that it reads. */
export interface StartedTool {
  readonly name: string;
  readonly place: Place;
}

/** Calls that start a program, and the argument that names it. */
const starting: Readonly<Record<string, number>> = { Command: 0, CommandContext: 1, LookPath: 0 };

/** Modules that start a program, by the start of their import path. */
const ofModules: Readonly<Record<string, string>> = {
  'github.com/u2takey/ffmpeg-go': 'ffmpeg',
  'github.com/xfrr/goffmpeg': 'ffmpeg',
  'github.com/floostack/transcoder': 'ffmpeg',
  'github.com/AlexEidt/Vidio': 'ffmpeg',
  'gopkg.in/vansante/go-ffprobe.v2': 'ffprobe',
  'github.com/SebastiaanKlippert/go-wkhtmltopdf': 'wkhtmltopdf',
  'github.com/chromedp/chromedp': 'chromium',
  'github.com/go-rod/rod': 'chromium',
  'github.com/wader/goutubedl': 'yt-dlp',
  'github.com/lrstanley/go-ytdlp': 'yt-dlp',
  'github.com/gogs/git-module': 'git',
  'code.gitea.io/gitea/modules/git': 'git',
  'github.com/barasher/go-exiftool': 'exiftool',
  'github.com/hashicorp/terraform-exec': 'terraform',
};

/** Programs that no container has or is for, or that belong to another system. */
const elsewhere =
  /^(?:open|xdg-open|cmd|cmd\.exe|rundll32|powershell|pwsh|start|explorer|osascript|pbcopy|defaults|sw_vers|systemctl|launchctl|sudo|docker|wslview|clear|go)$/;

/** Whether a text is the name of a program: no flag, and no variable. */
const isProgram = (name: string): boolean =>
  /^[a-zA-Z\d][\w.+-]{0,60}$/.test(name) && !/^[A-Z\d_]+$/.test(name) && !elsewhere.test(name);

/** Finds the programs that the sources start by a name that they say. */
export function findTools(program: ProgramCode): readonly StartedTool[] {
  const { code, packages, project } = program;
  const called = code.calls.flatMap((call) => {
    const { name, full } = calleeOf(call);
    const index = full === `exec.${name}` ? starting[name] : undefined;
    const range = index === undefined ? undefined : call.args[index];
    const place = { file: call.source.file, line: call.line };
    const texts = range ? valuesOf(code, range).map(asGlob) : [];
    return texts.map((text) => ({ name: nameOf(text) || interpreterOf(program, text, place), place }));
  });
  const files = packages.flatMap((item) => item.files);
  const imported = importsOf(project, files).flatMap(({ path, file, line }) => {
    const [module] = Object.keys(ofModules).filter((start) => path === start || path.startsWith(`${start}/`));
    return module === undefined ? [] : [{ name: ofModules[module] ?? '', place: { file, line } }];
  });
  const usable = [...called, ...imported, ...fonts(program)].filter(({ name }) => isProgram(name));
  return [...new Map(usable.reverse().map((tool) => [tool.name, tool])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/** `/bin/sh` → `sh`; nothing for a program of the project's own, or one that only a run knows. */
function nameOf(path: string): string {
  if (/^\/(?:usr\/(?:local\/)?)?s?bin\/[\w.+-]+$/.test(path)) return path.split('/').at(-1) ?? '';
  return /[/*\s]/.test(path) ? '' : path;
}

/** What a script of the project's own is run by: `#!/usr/bin/env python3`. */
function interpreterOf(program: ProgramCode, text: string, place: Place): string {
  const [script] = /[/.]/.test(text) && !text.startsWith('*') ? settle(program, text, place, 'file') : [];
  const first = script === undefined ? '' : (program.project.text(script.path) ?? '').split('\n', 1)[0];
  return /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?([\w.+-]+)/.exec(first ?? '')?.[1] ?? '';
}

/** Where fonts of the system are read. */
const fonts = ({ code }: ProgramCode): readonly StartedTool[] =>
  code.sources.flatMap(({ file, tokens }) =>
    tokens.flatMap(({ kind, value, line }) =>
      kind === 'text' && /^\/usr\/(?:local\/)?share\/fonts\//.test(value)
        ? [{ name: 'fonts', place: { file, line } }]
        : [],
    ),
  );
