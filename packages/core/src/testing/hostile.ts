import { type Instruction, parseDockerfile } from '../dockerfile/parse.ts';
import { execForm } from '../dockerfile/words.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { MsbError } from '../errors.ts';
import { inspect, settle } from '../inspect.ts';
import { optionSchemas } from '../options/schema.ts';
import { propose } from '../propose.ts';
import { DiskTree } from '../tree/disk.ts';
import { join, type Tree } from '../tree/tree.ts';
import { type Attempt, dockerfileOf, requestOf } from './attempt.ts';
import { locate } from './locate.ts';
import { type Problem, thrown } from './problem.ts';

/** What somebody may have written where a name belongs. */
const payloads = [
  '\nRUN msb-was-here\n',
  '"; msb-was-here; "',
  "'; msb-was-here; '",
  ' $(msb-was-here)',
  ' `msb-was-here`',
] as const;

const trace = /RUN msb-was-here|; msb-was-here;|\$\(msb-was-here\)|`msb-was-here`/;
const doubleQuoted = /"(?:\\[\s\S]|[^"\\])*"/g;
const singleQuoted = /'[^']*'|\\'/g;

/** What is left of an instruction once all that is safely quoted is taken away. */
function exposed(instruction: Instruction): string {
  const { keyword, args, flags, heredocs } = instruction;
  if (execForm(instruction) !== undefined) return '';
  const text = [...flags.map(({ value }) => value), args, ...heredocs].join('\n');
  return keyword === 'RUN' ? text.replace(singleQuoted, '') : text.replace(doubleQuoted, '');
}

function injected(dockerfile: string): Instruction | undefined {
  const { preamble, stages } = parseDockerfile(dockerfile);
  const all = [...preamble, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])];
  return all.find((instruction) => trace.test(exposed(instruction)) || instruction.args.startsWith('msb-was-here'));
}

/** A tree in which one file has another text. */
function changed(project: string, file: string, text: string): Tree {
  const tree = new DiskTree(project);
  tree.write(file, text);
  return tree;
}

/** The values of a text in any of the usual notations: in quotes, behind `:` or `=`, or the second word of a line. */
const values = /"([^"\\\n]+)"|'([^'\n]+)'|[:=][^\S\n]*([\w./@-]+)|^\w+[^\S\n]+([\w./@-]+)/gm;

const mostPlaces = 24;

/** The text with a payload behind one of its values, for each of them. */
function* variants(text: string, payload: string): Generator<string> {
  const found = [...text.matchAll(values)].slice(0, mostPlaces);
  for (const match of found) {
    const value = match.slice(1).find((group) => group !== undefined) ?? '';
    const at = match.index + match[0].indexOf(value) + value.length;
    const inQuotes = match[0].startsWith('"');
    const added = inQuotes ? JSON.stringify(payload).slice(1, -1) : payload;
    yield text.slice(0, at) + added + text.slice(at);
  }
}

/** One run with something hostile in it: it ends in an `MsbError`, or in a Dockerfile that the value does not change. */
function tryOut(
  attempt: Attempt,
  tree: Tree,
  options: Readonly<Record<string, string>>,
  what: string,
): readonly Problem[] {
  const { ecosystem, item, runtime } = attempt;
  try {
    const proposal = propose(settle(inspect(requestOf(ecosystem, item, { runtime, ...options }, tree))));
    const bad = injected(dockerfileOf(proposal));
    if (bad === undefined) return [];
    return [
      {
        ...locate(proposal, dockerfileOf(proposal), bad.line),
        message: `${what} gets into ${bad.keyword} ${JSON.stringify(bad.args).slice(0, 120)}`,
        mend: 'Pass it through {{shell}}, {{quoted}} or {{exec}} in the template, or pathWord or nameWord in the plan.',
      },
    ];
  } catch (error) {
    if (error instanceof MsbError && error.code !== 'broken-template') return [];
    const { message, ...rest } = thrown(error, ecosystem);
    return [{ ...rest, message: `${what}: ${message}` }];
  }
}

/** Values of a project and of options are data: none of them changes the structure of the Dockerfile. */
export function hostileProblems(attempt: Attempt): readonly Problem[] {
  const { item, proposal, ecosystem } = attempt;
  const found: Problem[] = [];
  for (const payload of payloads) {
    for (const name of textOptions(ecosystem)) {
      const tree = new DiskTree(item.project);
      found.push(...tryOut(attempt, tree, { [name]: `x${payload}` }, `The option ${name}`));
    }
    for (const marker of ecosystem.manifest.markers) {
      for (const text of variants(proposal.inspection.project.text(marker) ?? '', payload)) {
        found.push(
          ...tryOut(attempt, changed(item.project, join(item.folder ?? '', marker), text), {}, `A value of ${marker}`),
        );
      }
    }
  }
  const key = ({ file, message }: Problem): string => `${file} ${message.replace(/ into .*/, '')}`;
  return [...new Map(found.map((problem) => [key(problem), problem])).values()];
}

const textOptions = ({ manifest }: Ecosystem): readonly string[] =>
  Object.entries(optionSchemas(manifest))
    .filter(([, { type, enum: fixed }]) => type === 'string' && fixed === undefined)
    .map(([name]) => name);
