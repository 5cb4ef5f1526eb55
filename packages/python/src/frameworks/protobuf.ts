import { join, type Note, type Project, pathWord } from '@msb/core';
import { ownSources } from '../sources.ts';
import type { BuildStep } from './django.ts';

/** Modules that are made of .proto files, and are no part of the repository. */
export interface Generated {
  readonly steps: readonly BuildStep[];
  readonly notes: readonly Note[];
}

const imported =
  /^\s*(?:from\s+(\.*[\w.]*)\s+import\s+(?:\w+\s*,\s*)*(\w+)_pb2(?:_grpc)?\b|import\s+((?:\w+\.)*)(\w+)_pb2(?:_grpc)?\b)/;

/**
 * Makes the modules that code imports of .proto files (https://grpc.io/docs/languages/python/basics/), with the compiler
 * that grpcio-tools brings; without it, a note tells.
 */
export function generatedModules(project: Project, packages: ReadonlyMap<string, unknown>, root: string): Generated {
  const protos = project.sources().filter((file) => file.endsWith('.proto'));
  if (protos.length === 0) return { steps: [], notes: [] };
  const found = new Map<
    string,
    { readonly proto: string; readonly out: string; readonly file: string; readonly line: number }
  >();
  for (const { match, file, line } of project.matches(ownSources(project), imported)) {
    const [, from, plain, prefix = '', dotted] = match;
    const name = plain ?? dotted ?? '';
    const proto = protos.find((path) => path.endsWith(`/${name}.proto`) || path === `${name}.proto`);
    if (proto === undefined || project.sources().some((path) => path.endsWith(`${name}_pb2.py`))) continue;
    const dots = /^\.*/.exec(from ?? '')?.[0].length ?? 0;
    const here = join(file, '..');
    const folder = (from ?? prefix).slice(dots).replace(/\.$/, '').replaceAll('.', '/');
    // a module of no package is looked for where the program starts, which is beside the file that imports it
    const base = dots > 0 ? join(here, ...Array(dots - 1).fill('..')) : folder === '' ? here : root;
    found.set(name, { proto, out: join(base, folder), file, line });
  }
  const all = [...found.values()];
  const [first] = all;
  if (first === undefined) return { steps: [], notes: [] };
  if (!packages.has('grpcio-tools')) {
    const names = [...found.keys()].map((name) => `${name}_pb2`).join(', ');
    return {
      steps: [],
      notes: [
        {
          message: `Your app imports ${names}, which is made of ${first.proto} and isn't in the repository`,
          hint: 'Commit what protoc makes, or add grpcio-tools to the dependencies, and the build makes it.',
          place: { file: first.file, line: first.line },
        },
      ],
    };
  }
  return {
    steps: all.map(({ proto, out }) => ({ about: 'makes the modules of .proto files', command: protoc(proto, out) })),
    notes: [],
  };
}

function protoc(proto: string, out: string): string {
  const word = (path: string): string => pathWord(path === '' ? '.' : path, 'The folder of .proto files');
  const to = word(out);
  return `python -m grpc_tools.protoc -I${word(join(proto, '..'))} --python_out=${to} --grpc_python_out=${to} ${word(proto)}`;
}
