import type { Note, Place, Project } from '@msb/core';
import type { Missing } from './embeds.ts';
import { pinHint } from './generators.ts';
import { makeTarget } from './neededGenerators.ts';

/** Says what makes a missing thing, and that the build can't. */
export function foreignTool(project: Project, path: string, tool: string, place: Place, command: string): Note {
  const known = pinHint(tool);
  const run = makeTarget(project, new RegExp(`\\b${tool.replace(/[^\w-]/g, '.')}\\b`)) ?? command;
  return {
    message: `${path} is not there: ${tool} makes it, which is not in the build`,
    hint: known
      ? `Run ${run} first, or pin it so that the build runs it: ${known}`
      : `Run ${run} first, or let the directive say go tool (a tool line in go.mod) or go run.`,
    place,
  };
}

/** Generators of protocol buffers, none of which is a single Go program. */
const protobuf = /\bprotoc\b|\bbuf generate\b/;

/** Says of imported packages without files what may make them. */
export function nothingThere(project: Project, missing: readonly Missing[]): readonly Note[] {
  const [first, ...others] = [...new Map(missing.map((item) => [item.path, item])).values()];
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `, nor have ${others.length} other packages`;
  const name = first.path.split('/').at(-1) ?? first.path;
  const proto = project.sources().some((file) => file.endsWith('.proto'));
  const buf = ['buf.gen.yaml', 'buf.gen.yml'].some((file) => project.has(file)) ? 'buf generate' : undefined;
  const command = proto
    ? (makeTarget(project, protobuf) ?? buf)
    : makeTarget(project, new RegExp(`[ /]${name.replace(/[^\w-]/g, '.')}\\b`));
  return [
    {
      message: `${first.path} is imported, but has no Go files${more}`,
      hint: command
        ? `Run ${command} before docker build, which takes the files from here.`
        : 'If something generates them, run that before the image is built.',
      place: first.place,
    },
  ];
}
