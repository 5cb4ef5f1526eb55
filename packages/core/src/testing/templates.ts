import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import type { Ecosystem } from '../ecosystem.ts';
import { helpers, partialNames } from '../render/helpers.ts';
import { type Problem, shown } from './problem.ts';

/** One template, as a check looks at it. */
interface Template {
  readonly file: string;
  readonly text: string;
  readonly lines: readonly string[];
}

type Found = Omit<Problem, 'file'>;
type Check = (template: Template) => readonly Found[];

/** A finding for each line that matches. */
const eachLine =
  (pattern: RegExp, message: string, mend: string): Check =>
  ({ lines }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [{ line: index + 1, message, mend }] : []));

/** One finding for a file, at its first line that matches. */
const firstLine =
  (pattern: RegExp, message: string, mend: string): Check =>
  (template) =>
    eachLine(pattern, message, mend)(template).slice(0, 1);

const fromLine = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i;

const oneStage: Check = ({ lines }) => {
  const froms = lines.flatMap((line, index) => (fromLine.test(line) ? [index + 1] : []));
  const [, second] = froms;
  if (froms.length === 1) return [];
  const mend = 'Each template is one FROM … AS … block: a second stage has a file of its own, which the plan names.';
  return [{ ...(second !== undefined && { line: second }), message: `It has ${froms.length} FROM lines`, mend }];
};

const comment: Check = ({ lines }) => {
  const from = lines.findIndex((line) => fromLine.test(line));
  const [, , stage] = fromLine.exec(lines[from] ?? '') ?? [];
  if (from < 0) return [];
  if (stage === undefined) {
    return [{ line: from + 1, message: 'The stage has no name', mend: 'Write FROM … AS <name>.' }];
  }
  if (lines.slice(0, from).some((line) => line.startsWith(`# ${stage} `))) return [];
  const mend = `Put a line above FROM that says what the stage is for, beginning with "# ${stage} ".`;
  return [{ line: from + 1, message: `No comment describes the stage ${stage}`, mend }];
};

/** A tag in a template is one that nobody finds when it is old. */
const images: Check = ({ lines }) =>
  lines.flatMap((text, index) => {
    const image = fromLine.exec(text)?.[1] ?? /\bfrom=([^\s,]+)/.exec(text)?.[1] ?? '';
    if (!/[:@/]/.test(image) || image.includes('{{')) return [];
    const mend = 'Write {{image}}, and take its value from baseImage(): tags are in ecosystem.json under "images".';
    return [{ line: index + 1, message: `It names the image ${image}`, mend }];
  });

const mostIfs = 2;

/** Reads the template as Handlebars does, and looks at what it calls. */
const handlebars =
  (partials: readonly string[]): Check =>
  ({ text }) => {
    let program: ReturnType<typeof Handlebars.parse>;
    try {
      program = Handlebars.parse(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const line = Number(/line (\d+)/.exec(reason)?.[1] ?? 1);
      return [{ line, message: 'Handlebars cannot read it', mend: 'Close each {{#if}} and {{#each}}, and each }}.' }];
    }
    const found: Found[] = [];
    const known: readonly string[] = ['if', 'unless', 'each', 'with', ...Object.keys(helpers)];
    let ifs = 0;
    const visitor = new Handlebars.Visitor();
    const call = (path: unknown, params: readonly unknown[], line: number): void => {
      const name = String(path instanceof Object && 'original' in path ? path.original : '');
      if (params.length === 0 || known.includes(name)) return;
      const mend = `Helpers are ${Object.keys(helpers).join(', ')}; compute all else in the plan.`;
      found.push({ line, message: `There is no helper ${name}`, mend });
    };
    const mustache = visitor.MustacheStatement.bind(visitor);
    visitor.MustacheStatement = (node): void => {
      call(node.path, node.params, node.loc.start.line);
      mustache(node);
    };
    const sub = visitor.SubExpression.bind(visitor);
    visitor.SubExpression = (node): void => {
      call(node.path, node.params, node.loc.start.line);
      sub(node);
    };
    const block = visitor.BlockStatement.bind(visitor);
    visitor.BlockStatement = (node): void => {
      call(node.path, node.params, node.loc.start.line);
      if (['if', 'unless'].includes(node.path.original)) ifs += 1;
      if (ifs === mostIfs + 1) {
        const mend = 'Make a second template of it, and let the plan choose between the two.';
        found.push({ line: node.loc.start.line, message: `A third {{#${node.path.original}}}`, mend });
        ifs += 1;
      }
      block(node);
    };
    const partial = visitor.PartialStatement.bind(visitor);
    visitor.PartialStatement = (node): void => {
      const name = 'original' in node.name ? String(node.name.original) : '';
      if (!partials.includes(name)) {
        const mend = `There is ${partials.map((partial) => `{{> ${partial}}}`).join(' and ')}.`;
        found.push({ line: node.loc.start.line, message: `There is no partial ${name}`, mend });
      }
      partial(node);
    };
    visitor.accept(program);
    return found;
  };

/** What holds for every template, also for one that replaces another. */
const common: readonly Check[] = [
  firstLine(/\r$/, 'It has Windows line ends', 'Save it with LF line ends.'),
  eachLine(/\t/, 'It has a tab', 'Indent with four blanks.'),
  eachLine(/[^\S\r\n]+\r?$/, 'Blanks end the line', 'Remove them.'),
  ({ text }) =>
    text.endsWith('\n') ? [] : [{ message: 'Its last line does not end', mend: 'End it with a line end.' }],
];

const stageChecks: readonly Check[] = [...common, oneStage, comment, images, handlebars(['inputs'])];
const replacementChecks: readonly Check[] = [...common, handlebars(partialNames)];

function problemsOf(path: string, checks: readonly Check[]): readonly Problem[] {
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);
  const template = { file: shown(path), text, lines };
  return checks.flatMap((check) => check(template).map((found) => ({ file: template.file, ...found })));
}

/** What is wrong with the templates of an ecosystem as they lie there, before anything is rendered. */
export function templateProblems({ folder }: Ecosystem): readonly Problem[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.hbs'));
  return names.sort().flatMap((name) => problemsOf(join(folder, name), stageChecks));
}

/** The same for templates that replace ours: their images may be named, and some of them are no stage. */
export const replacementProblems = (paths: readonly string[]): readonly Problem[] =>
  paths.flatMap((path) => problemsOf(path, replacementChecks));
