import { MemoryTree, Project } from '@msb/core';
import { expect, test } from 'vitest';
import { readCode } from '../code/program.ts';
import { packagesOf } from '../packages.ts';
import { findTools } from './tools.ts';

/** The programs that the sources of one start. */
function tools(text: string): readonly string[] {
  const project = new Project(
    new MemoryTree({ 'run.sh': '#!/usr/bin/env bash\n', 'main.go': `package main\n\n${text}\n` }),
  );
  const modules = new Map([['example.com/app', '']]);
  const packages = packagesOf(project, modules, ['']);
  const code = readCode(project, modules, packages);
  return findTools({ project, modules, main: '', packages, code }).map(({ name }) => name);
}

test.each([
  ['func main() { exec.Command("ffmpeg", "-i", name) }', ['ffmpeg']],
  ['func main() { exec.CommandContext(ctx, "/usr/bin/git", "log") }', ['git']],
  ['func main() { path, err := exec.LookPath("convert") }', ['convert']],
  ['func main() { exec.Command("./run.sh") }', ['bash']],
  ['func main() { exec.Command("/bin/sh", "-c", line) }', ['sh']],
  [
    'func run(name string) { exec.Command(name).Run() }\nfunc main() { run("pdftotext"); run("gs") }',
    ['gs', 'pdftotext'],
  ],
  ['import "github.com/chromedp/chromedp"', ['chromium']],
  ['func main() { dc.LoadFontFace("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 12) }', ['fonts']],
  ['func main() { exec.Command("xdg-open", url); exec.Command("./plugin"); exec.Command(os.Args[1]) }', []],
  ['func main() { bot.Command("start", hello); cmd.Command("ffmpeg") }', []],
] as const)('%s starts %j', (text, expected) => expect(tools(text)).toEqual(expected));
