/** A flag of an instruction, such as `--mount=type=cache,target=/x` (name `mount`). */
export interface Flag {
  readonly name: string;
  readonly value: string;
}

/** One instruction. `line` counts from 1 and is the line of its keyword. */
export interface Instruction {
  readonly keyword: string;
  readonly flags: readonly Flag[];
  /** What follows the flags, with continued lines joined by a blank. */
  readonly args: string;
  /** The bodies of here-documents that belong to it. */
  readonly heredocs: readonly string[];
  /** The comment lines directly above, without `#`. */
  readonly comment: readonly string[];
  readonly line: number;
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

const heredocMark = /(?:^|\s)\d*<<(-?)(["']?)([A-Za-z_][\w.]*)\2/g;
const takesHeredoc = new Set(['RUN', 'COPY', 'ADD']);

/**
 * Parses a Dockerfile as BuildKit does (https://docs.docker.com/reference/dockerfile/#format): directives, comments
 * between continued lines, here-documents. Never throws: what is no instruction keeps its first word as keyword.
 */
export function parseDockerfile(text: string): Dockerfile {
  const lines = text.split(/\r?\n/);
  const directives = readDirectives(lines);
  const mark = directives.escape === '`' ? '`' : '\\';
  const instructions: Instruction[] = [];
  let comment: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').trim();
    if (line.startsWith('#')) comment.push(line.slice(1).trim());
    if (line === '') comment = [];
    if (line === '' || line.startsWith('#')) continue;
    const start = index + 1;
    let joined = '';
    for (; index < lines.length; index += 1) {
      const part = (lines[index] ?? '').trim();
      if (joined !== '' && (part === '' || part.startsWith('#'))) continue;
      const continues = part.endsWith(mark);
      joined += (joined === '' ? '' : ' ') + (continues ? part.slice(0, -1).trim() : part);
      if (!continues) break;
    }
    const heredocs: string[] = [];
    const keyword = (/^\S+/.exec(joined)?.[0] ?? '').toUpperCase();
    if (takesHeredoc.has(keyword)) {
      for (const [, dash, , name] of joined.matchAll(heredocMark)) {
        const body: string[] = [];
        for (index += 1; index < lines.length; index += 1) {
          const raw = lines[index] ?? '';
          if ((dash === '-' ? raw.replace(/^\t+/, '') : raw) === name) break;
          body.push(raw);
        }
        heredocs.push(body.join('\n'));
      }
    }
    instructions.push({ keyword, ...splitFlags(joined.slice(keyword.length).trim()), heredocs, comment, line: start });
    comment = [];
  }
  return { directives, ...intoStages(instructions) };
}

function readDirectives(lines: readonly string[]): Record<string, string> {
  const directives: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = /^#\s*([a-zA-Z][\w]*)\s*=\s*(\S.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) break;
    directives[name.toLowerCase()] = value;
  }
  return directives;
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

/** The fields of a `--mount` flag: `type=bind,source=a` → `{ type: 'bind', source: 'a' }`; aliases are spelled out. */
export function mountFields(flag: Flag): Readonly<Record<string, string>> {
  const aliases: Readonly<Record<string, string>> = { src: 'source', dst: 'target', destination: 'target' };
  const fields = flag.value.split(',').map((field): [string, string] => {
    const [key = '', ...value] = field.split('=');
    return [aliases[key] ?? key, value.join('=')];
  });
  return { type: 'bind', ...Object.fromEntries(fields) };
}

/** The words of an instruction's arguments: a JSON array's items, or what blanks separate. */
export function words(instruction: Instruction): readonly string[] {
  return execForm(instruction) ?? instruction.args.split(/\s+/).filter((word) => word !== '');
}

/** The items of the JSON form; `undefined` when the instruction is in shell form. */
export function execForm(instruction: Instruction): readonly string[] | undefined {
  if (!instruction.args.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(instruction.args);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined; // BuildKit, too, reads a malformed array as shell form
  }
}

/** A path that an instruction takes from the build context. */
export interface ContextRead {
  readonly path: string;
  readonly line: number;
}

/** Every path that the Dockerfile takes from the build context: sources of COPY and ADD, and of bind mounts. */
export function contextReads(dockerfile: Dockerfile): readonly ContextRead[] {
  return dockerfile.stages.flatMap((stage) => stage.instructions.flatMap(instructionReads));
}

function instructionReads(instruction: Instruction): readonly ContextRead[] {
  const { keyword, flags, line } = instruction;
  if (keyword === 'COPY' || keyword === 'ADD') {
    if (flags.some((flag) => flag.name === 'from')) return [];
    const sources = words(instruction).slice(0, -1);
    return sources.filter((path) => !path.startsWith('<<') && !/^\w+:\/\//.test(path)).map((path) => ({ path, line }));
  }
  if (keyword !== 'RUN') return [];
  return flags
    .filter((flag) => flag.name === 'mount')
    .map(mountFields)
    .filter(({ type, from }) => type === 'bind' && from === undefined)
    .map(({ source }) => ({ path: source ?? '.', line }));
}
