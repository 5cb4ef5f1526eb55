import { heredocMarks } from './words.ts';

/** A flag of an instruction, such as `--mount=type=cache,target=/x` (name `mount`). */
export interface Flag {
  readonly name: string;
  readonly value: string;
}

/** One instruction. `line` counts from 1 and is the line of its keyword. */
export interface Instruction {
  /** In upper case, however the file has it. */
  readonly keyword: string;
  /** The keyword as the file has it. */
  readonly written: string;
  readonly flags: readonly Flag[];
  /** What follows the flags, with continued lines joined by a blank. */
  readonly args: string;
  /** The bodies of here-documents that belong to it. */
  readonly heredocs: readonly string[];
  /** The comment lines directly above, without `#`. */
  readonly comment: readonly string[];
  readonly line: number;
  /** The first empty line inside it, between continued lines. */
  readonly gap?: number;
}

/** One `FROM …` block. */
export interface Stage {
  /** As after `AS`; `undefined` for a stage without a name. */
  readonly name: string | undefined;
  readonly image: string;
  readonly from: Instruction;
  readonly instructions: readonly Instruction[];
}

/** A parsed Dockerfile: the typed model of what was rendered, and of what the user made of it later. */
export interface Dockerfile {
  /** Parser directives in the first lines, such as `syntax`. */
  readonly directives: Readonly<Record<string, string>>;
  /** Instructions before the first FROM (only ARG is allowed there). */
  readonly preamble: readonly Instruction[];
  readonly stages: readonly Stage[];
}

const takesHeredoc = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;

/**
 * Parses a Dockerfile as BuildKit does (https://docs.docker.com/reference/dockerfile/#format): directives, comments
 * between continued lines, here-documents. Never throws: what is no instruction keeps its first word as keyword.
 */
export function parseDockerfile(text: string): Dockerfile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const directives = readDirectives(lines);
  const instructions: Instruction[] = [];
  let comment: string[] = [];
  for (let index = Object.keys(directives).length; index < lines.length; ) {
    const line = (lines[index] ?? '').trim();
    if (line === '' || line.startsWith('#')) {
      comment = line === '' ? [] : [...comment, line.slice(1).trim()];
      index += 1;
      continue;
    }
    const whole = joinLines(lines, index, directives.escape === '`' ? '`' : '\\');
    const { heredocs, next } = readHeredocs(lines, whole.next, whole.text);
    const gap = whole.gap === undefined ? {} : { gap: whole.gap };
    instructions.push({ ...splitInstruction(whole.text), heredocs, comment, line: index + 1, ...gap });
    comment = [];
    index = next;
  }
  return { directives, ...intoStages(instructions) };
}

/** Each of the first lines, as long as they are directives that BuildKit knows; anything else ends them. */
function readDirectives(lines: readonly string[]): Record<string, string> {
  const directives: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = /^#\s*(syntax|escape|check)\s*=\s*(\S.*?)\s*$/i.exec(line) ?? [];
    if (name === undefined || value === undefined) break;
    directives[name.toLowerCase()] = value;
  }
  return directives;
}

/** An instruction's lines in one; comments and empty lines between them are no part of it. */
function joinLines(lines: readonly string[], start: number, mark: string): Joined {
  const parts: string[] = [];
  let gap: number | undefined;
  let next = start;
  for (; next < lines.length; next += 1) {
    const part = (lines[next] ?? '').trim();
    if (next > start && part === '') gap ??= next + 1;
    if (next > start && (part === '' || part.startsWith('#'))) continue;
    const continues = part.endsWith(mark) && part.at(-2) !== mark; // a doubled mark stands for itself
    parts.push(continues ? part.slice(0, -1).trim() : part);
    if (!continues) break;
  }
  return { text: parts.join(' ').trim(), next: next + 1, gap };
}

interface Joined {
  readonly text: string;
  readonly next: number;
  readonly gap: number | undefined;
}

function readHeredocs(lines: readonly string[], start: number, text: string): { heredocs: string[]; next: number } {
  const heredocs: string[] = [];
  let next = start;
  for (const { end, tabs } of takesHeredoc.test(text) ? heredocMarks(text) : []) {
    const body: string[] = [];
    for (; next < lines.length; next += 1) {
      const raw = lines[next] ?? '';
      if ((tabs ? raw.replace(/^\t+/, '') : raw) === end) break;
      body.push(raw);
    }
    next += 1;
    heredocs.push(body.join('\n'));
  }
  return { heredocs, next };
}

function splitInstruction(text: string): Pick<Instruction, 'keyword' | 'written' | 'flags' | 'args'> {
  const [written = ''] = /^\S+/.exec(text) ?? [];
  return { keyword: written.toUpperCase(), written, ...splitFlags(text.slice(written.length).trim()) };
}

function splitFlags(rest: string): { flags: Flag[]; args: string } {
  const flags: Flag[] = [];
  let args = rest;
  for (;;) {
    const [whole, name, value] = /^--([a-z-]+)(?:=(\S*))?(?:\s+|$)/.exec(args) ?? [];
    if (whole === undefined || name === undefined) return { flags, args };
    flags.push({ name, value: value ?? '' });
    args = args.slice(whole.length);
  }
}

function intoStages(instructions: readonly Instruction[]): Pick<Dockerfile, 'preamble' | 'stages'> {
  const preamble: Instruction[] = [];
  const stages: { name: string | undefined; image: string; from: Instruction; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      const [, image, name] = /^(\S+)(?:\s+as\s+(\S+))?/i.exec(instruction.args) ?? [];
      stages.push({ name, image: image ?? '', from: instruction, instructions: [] });
    } else (stages.at(-1)?.instructions ?? preamble).push(instruction);
  }
  return { preamble, stages };
}
