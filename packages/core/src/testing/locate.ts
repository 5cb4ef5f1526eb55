import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDockerfile, type Stage } from '../dockerfile/parse.ts';
import { lineOf } from '../project/project.ts';
import type { Proposal } from '../propose.ts';
import { codeOf, type Problem, shown } from './problem.ts';

/** The template of each stage, in the order of the Dockerfile: each template is one stage. */
function templatesOf({ plan }: Proposal): readonly string[] {
  const { runtime, others = [], images, stages } = plan;
  const base = runtime.family === 'scratch' || runtime.image !== undefined ? [`_runtime/${runtime.family}.base`] : [];
  const shipped = [...others, runtime].map(({ family }) => `_runtime/${family}`);
  return [...images.map(({ template }) => template), ...base, ...stages.map(({ template }) => template), ...shipped];
}

const firstLine = ({ from }: Stage): number => from.line - from.comment.length;

/** What a template's line says whatever the values are. */
const literal = (line: string): string => line.replace(/\{\{[^}]*\}\}/g, '').trim();

/** A template's line as a pattern of what it is rendered to. */
const rendered = (line: string): RegExp =>
  new RegExp(`^${line.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\{[^}]*\}\}/g, '.*')}$`);

/**
 * Where a line of a composed Dockerfile was written: in a template, or, as the run half is core's, in the plan that
 * filled it in.
 */
export function locate(proposal: Proposal, dockerfile: string, line: number): Pick<Problem, 'file' | 'line'> {
  const { ecosystem } = proposal.inspection;
  const plan = { file: codeOf(ecosystem, 'plan') };
  const { stages } = parseDockerfile(dockerfile);
  const index = stages.findLastIndex((stage) => firstLine(stage) <= line);
  const [id = '', name = ''] = templatesOf(proposal)[index]?.split('/') ?? [];
  const own = id === ecosystem.manifest.id ? [join(ecosystem.folder, `${name}.hbs`)] : [];
  const over = ecosystem.overrides === undefined ? [] : [join(ecosystem.overrides, id, `${name}.hbs`)];
  const file = [...over, ...own].find((path) => existsSync(path));
  if (file === undefined) return plan;
  const text = dockerfile.split('\n')[line - 1] ?? '';
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  const same = lines.indexOf(text);
  const like = lines.findIndex((candidate) => literal(candidate) !== '' && rendered(candidate).test(text));
  const found = same >= 0 ? same : like;
  return { file: shown(file), ...(found >= 0 && { line: found + 1 }) };
}

/** The line of a text in a file; nothing when it is not there. */
export function lineIn(path: string, text: string): { readonly line?: number } {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const line = existsSync(path) ? lineOf(readFileSync(path, 'utf8'), new RegExp(escaped)) : undefined;
  return line === undefined ? {} : { line };
}
