import { isKnownTool, type Place } from '@msb/core';
import { callsIn } from '../code/calls.ts';
import { type Code, lineAt, type Names } from '../code/constants.ts';
import { pathOf } from '../code/paths.ts';

/** A program that the code starts. */
export interface Started {
  readonly name: string;
  readonly place: Place;
}

const starts =
  /new\s+ProcessBuilder|ProcessBuilder|(?:\w+\s*\.\s*)*Runtime\s*\.\s*getRuntime\s*\(\s*\)\s*\.\s*exec|Runtime\s*\.\s*getRuntime\s*\(\s*\)\s*\.\s*exec|(?:\w+\.)*exec|CommandLine\.parse|new\s+CommandLine|CommandLine|new\s+ProcessExecutor\w*|new\s+FFmpeg|new\s+FFprobe/;

/** Programs of Windows and of a desktop, and what the image has anyway. */
const notHere =
  /^(cmd|powershell|open|xdg-open|explorer|rundll32|taskkill|java|javac|wmic|osascript)(\.exe)?$|\.(exe|bat|cmd|ps1)$/i;

/** Libraries that start a program. */
const wrappers: readonly (readonly [dependency: RegExp, names: readonly string[]])[] = [
  [/^net\.bramp\.ffmpeg:/, ['ffmpeg']],
  [/^ws\.schild:jave-core$/, ['ffmpeg']],
  [/^net\.sourceforge\.tess4j:/, ['tesseract']],
  [/^org\.im4java:/, ['convert']],
  [/^com\.github\.jhonnymertz:java-wkhtmltopdf-wrapper$/, ['wkhtmltopdf']],
  [/^org\.jodconverter:jodconverter-local/, ['libreoffice']],
  [/^guru\.nidi:graphviz-java$/, ['dot']],
  [/^net\.sourceforge\.plantuml:/, ['dot']],
];

/** The programs that code starts by a name, and those that its libraries start. */
export function startedBy(
  codes: readonly Code[],
  names: Names,
  dependencies: readonly (readonly [name: string, place: Place])[],
): readonly Started[] {
  const inCode = codes.flatMap((code) => {
    const { file, text, kotlin } = code;
    if (!/\b(?:ProcessBuilder|Runtime|CommandLine|FFmpeg|FFprobe|ProcessExecutor)\b/.test(text)) return [];
    return callsIn(text, starts).flatMap(({ name, args, start }) => {
      const [first = ''] = args;
      const command =
        pathOf(firstOf(first), { file, names, kotlin })?.path.trim().split(/\s+/)[0] ??
        (/FF(mpeg|probe)$/.test(name) ? 'ffmpeg' : undefined);
      const program = command?.replace(/^.*\//, '').toLowerCase();
      if (!program || !/^[a-z][\w.+-]*$/.test(program) || notHere.test(program) || /\.(sh|py|jar)$/.test(program))
        return [];
      return [{ name: program, place: { file, line: lineAt(text, start) } }];
    });
  });
  const byLibrary = dependencies.flatMap(([name, place]) =>
    wrappers
      .filter(([dependency]) => dependency.test(name))
      .flatMap(([, programs]) => programs.map((program) => ({ name: program, place }))),
  );
  return [...inCode, ...byLibrary].filter(({ name }) => isKnownTool(name));
}

/** The first of a list: `List.of("git", …)`, `new String[] {"sh", "-c"}`, `arrayOf(…)`. */
function firstOf(argument: string): string {
  const list =
    /^(?:(?:java\.util\.)?(?:List\.of|Arrays\.asList|listOf|mutableListOf|arrayOf)\s*\(|new\s+String\s*\[\s*\]\s*\{|new\s+ArrayList\s*<[^>]*>\s*\(\s*(?:List\.of|Arrays\.asList)\s*\()\s*("(?:\\.|[^"\\\n])*"|[\w.]+)/.exec(
      argument,
    );
  return list?.[1] ?? argument;
}

const draws = /\bjava\.awt\.(?:Font|Graphics2D|GraphicsEnvironment|\*)|\bFont\.createFont\b|\bautoSizeColumn\s*\(/;
const drawing =
  /^(net\.sf\.jasperreports:|org\.jfree:|com\.github\.penggle:kaptcha|org\.xhtmlrenderer:|com\.openhtmltopdf:|com\.github\.whvcse:easy-captcha|org\.knowm\.xchart:)/;

/** Where the program draws text, for which Java needs fonts and the libraries that read them. */
export function drawsText(
  codes: readonly Code[],
  dependencies: readonly (readonly [name: string, place: Place])[],
): Started | undefined {
  const code = codes.find(({ text }) => draws.test(text));
  if (code) return { name: 'fonts', place: { file: code.file, line: lineAt(code.text, code.text.search(draws)) } };
  const library = dependencies.find(([name]) => drawing.test(name));
  return library && { name: 'fonts', place: library[1] };
}
