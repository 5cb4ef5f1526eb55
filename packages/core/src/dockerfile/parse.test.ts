import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { describe, expect, test } from 'vitest';
import { runtimeFolder } from '../render/templates.ts';
import { parseDockerfile } from './parse.ts';

/** Every golden Dockerfile of every ecosystem: its path and text. */
function goldenFiles(): readonly (readonly [string, string])[] {
  const templates = join(runtimeFolder(), '..');
  const paths = readdirSync(templates, { recursive: true, encoding: 'utf8' });
  const golden = paths.filter((path) => /fixtures\/[^/]+\/expected\/.*Dockerfile$/.test(path.replaceAll('\\', '/')));
  return golden.sort().map((path) => [path, readFileSync(join(templates, path), 'utf8')]);
}

const modern = {
  heredocs: `# syntax=docker/dockerfile:1
FROM alpine:3.24 AS a
RUN <<EOT
FROM nowhere
# no comment
EOT
RUN <<-"END" cat > /x
\tRUN nothing
\tEND
COPY <<one <<two /etc/
USER first
one
USER second
two
CMD ["x"]
`,
  continued: `FROM alpine:3.24 AS a
# about the next
RUN --mount=type=cache,target=/x \\
    # between
    --network=none \\

    one && \\
    two
ENV A="x" \\
    B='y z'
LABEL a.b="c"
`,
  escape: '# escape=`\nFROM alpine:3.24\nRUN one `\n    two \\\nUSER 1\n',
  json: 'FROM alpine:3.24\nENTRYPOINT [ "a b", "c" ]\nSHELL ["/bin/sh", "-c"]\nHEALTHCHECK CMD ["x"]\n',
};

/** What two parsers must agree about: keyword, line and flags of every instruction, and the stages. */
function outline(text: string): unknown {
  const { preamble, stages } = parseDockerfile(text);
  const instructions = [...preamble, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])];
  return {
    instructions: instructions.map(({ keyword, line, flags }) => [keyword, line, flags.map(({ name }) => name)]),
    stages: stages.map(({ name, image }) => [name, image]),
  };
}

function oracle(text: string): unknown {
  const parsed = DockerfileParser.parse(text);
  return {
    instructions: parsed.getInstructions().map((instruction) => {
      const flags = 'getFlags' in instruction ? (instruction.getFlags as () => { getName(): string }[])() : [];
      return [instruction.getKeyword(), instruction.getRange().start.line + 1, flags.map((flag) => flag.getName())];
    }),
    stages: parsed.getFROMs().map((from) => [from.getBuildStage() ?? undefined, from.getImage()]),
  };
}

describe('agrees with dockerfile-ast about', () => {
  test.each(goldenFiles())('%s', (_, text) => expect(outline(text)).toEqual(oracle(text)));
  test.each(Object.entries(modern))('%s', (_, text) => expect(outline(text)).toEqual(oracle(text)));
});

test('here-documents: bodies, tabs, several of them, a quoted name', () => {
  const [stage] = parseDockerfile(modern.heredocs).stages;
  expect(stage?.instructions.map(({ heredocs }) => heredocs)).toEqual([
    ['FROM nowhere\n# no comment'],
    ['\tRUN nothing'],
    ['USER first', 'USER second'],
    [],
  ]);
});

// Each of these was put before a BuildKit (28.5): it reads them so.
test.each([
  ['a quoted mark starts nothing', "RUN echo 'a <<EOT b'\nUSER 1", ['RUN', 'USER']],
  ['nor does one in the middle of a word', 'RUN a<<EOT\nUSER 1', ['RUN', 'USER']],
  ['a name may have a blank', 'RUN cat <<"my end"\nUSER 1\nmy end\nCMD x', ['RUN', 'CMD']],
  ['a name ends at a blank, not at ;', 'RUN cat <<EOT; x\nUSER 1\nEOT\nUSER 2\nEOT;\nCMD x', ['RUN', 'CMD']],
  ['an indented end ends only after <<-', 'RUN <<A\n\tA\nUSER 1\nA\nCMD x', ['RUN', 'CMD']],
  ['ENV takes none', 'ENV A=1 <<EOT\nUSER 1', ['ENV', 'USER']],
  ['an unfinished one swallows the rest', 'RUN <<EOT\nUSER 1', ['RUN']],
  ['a doubled mark continues nothing', 'RUN echo a\\\\\nUSER 1', ['RUN', 'USER']],
  ['a blank after the mark does not matter', 'RUN a \\  \n b\nUSER 1', ['RUN', 'USER']],
  ['lower case is as good', 'run a\nUser 1', ['RUN', 'USER']],
])('%s', (_, text, keywords) => {
  const [stage] = parseDockerfile(`FROM x\n${text}\n`).stages;
  expect(stage?.instructions.map(({ keyword }) => keyword)).toEqual(keywords);
});

test('directives: known ones, in the first lines only; they are no comment', () => {
  const parsed = parseDockerfile('\uFEFF# syntax=docker/dockerfile:1\n# Escape = `\nFROM x AS y\n# escape=\\\n');
  expect(parsed.directives).toEqual({ syntax: 'docker/dockerfile:1', escape: '`' });
  expect(parsed.stages[0]?.from.comment).toEqual([]);
  expect(parseDockerfile('# foo=bar\n# escape=`\nFROM x').directives).toEqual({});
  expect(parseDockerfile('\n# escape=`\nFROM x').directives).toEqual({});
});

test('comments belong to the instruction right below', () => {
  const text = 'ARG A=1\n# lost\n\n# one\n# two\nFROM x AS y\n# three\nRUN z\n';
  const { preamble, stages } = parseDockerfile(text.replaceAll('\n', '\r\n'));
  expect(preamble.map(({ keyword, args }) => [keyword, args])).toEqual([['ARG', 'A=1']]);
  expect(stages[0]?.from.comment).toEqual(['one', 'two']);
  expect(stages[0]?.instructions[0]?.comment).toEqual(['three']);
});

test('flags, and arguments with continued lines joined', () => {
  const [run, env] = parseDockerfile(modern.continued).stages[0]?.instructions ?? [];
  expect(run?.flags).toEqual([
    { name: 'mount', value: 'type=cache,target=/x' },
    { name: 'network', value: 'none' },
  ]);
  expect([run?.args, run?.line, env?.args]).toEqual(['one && two', 3, `A="x" B='y z'`]);
});

test.each(['', '\n\n', '#', '\\', 'FROM', 'RUN \\', '[', '<<EOT', '# escape=', '\0'])('never throws: %j', (text) => {
  expect(() => parseDockerfile(text)).not.toThrow();
});
