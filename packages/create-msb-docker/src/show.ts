import {
  type Fact,
  type Inspection,
  join,
  type MsbError,
  type Note,
  type Place,
  type Proposal,
  parseDockerfile,
  placeText,
  proposedRecord,
  type Report,
  relative,
} from '@msb/core';
import { type Paint, visible } from './terminal.ts';

const evidence = (place: Place | undefined, paint: Paint): string =>
  place ? paint.dim(visible(placeText(place))) : '';

/** What was found, and where; with `before`, only what it did not say yet. */
export function factsText({ ecosystem, detection }: Inspection, paint: Paint, before?: Inspection): string {
  const known = new Set(before?.detection.facts.map((fact) => JSON.stringify(fact)));
  const facts = detection.facts.filter((fact) => !known.has(JSON.stringify(fact)));
  if (before !== undefined && facts.length === 0) return '';
  const width = Math.max(...facts.map(({ name }) => name.length), 8) + 2;
  const valueWidth = Math.min(48, Math.max(...facts.map(({ value }) => value.length))) + 2;
  const row = ({ name, value, place }: Fact): string =>
    `    ${name.padEnd(width)}${visible(value).padEnd(valueWidth - 2)}  ${evidence(place, paint)}`.trimEnd();
  return [`  ${paint.bold(ecosystem.manifest.title)}`, ...facts.map(row), ''].join('\n');
}

/** What the user should know. */
export const notesText = (notes: readonly Note[], paint: Paint): string =>
  notes
    .map(({ message, hint, place }) => {
      const where = place ? `  ${evidence(place, paint)}` : '';
      return `  ${paint.yellow('!')} ${visible(message)}${where}\n    ${paint.dim(visible(hint))}\n`;
    })
    .join('');

const actions: Readonly<Record<string, string>> = {
  create: '+',
  update: '~',
  overwrite: '~',
  conflict: '!',
  keep: '=',
  unchanged: '=',
};

/** A preview: every file, how long it is, and the stages of the Dockerfile. */
export function previewText(proposal: Proposal, paint: Paint): string {
  const { project, request } = proposal.inspection;
  const paths = proposal.files.map(({ path }) => path);
  const shown = column(relative(request.folder ?? '', project.folder), paths);
  const rows = proposal.files.map(({ path, text, state, edited }) => {
    const lines = `${text.split('\n').length - 1} lines`;
    const names = parseDockerfile(text).stages.flatMap(({ name }) => name ?? []);
    const stages = path === 'Dockerfile' ? `  ${paint.dim(names.join(' → '))}` : '';
    const what =
      state === 'conflict'
        ? edited
          ? 'you edited it'
          : 'already exists, not written by msb'
        : state === 'create'
          ? ''
          : state;
    return `  ${actions[state]} ${shown(path)}${lines.padEnd(10)}${what}${stages}`.trimEnd();
  });
  const { path, state } = proposedRecord(proposal);
  return `${rows.join('\n')}\n  ${actions[state]} ${shown(path)}${paint.dim('how they were made, for the next run')}\n`;
}

/** Paths of the files in a folder, as wide as the longest of them. */
function column(folder: string, paths: readonly string[]): (path: string) => string {
  const width = Math.max(...paths.map((path) => join(folder, path).length)) + 3;
  return (path) => join(folder, path).padEnd(width);
}

const outcomes: Readonly<Record<string, string>> = {
  unchanged: 'is up to date',
  keep: 'stays yours',
  conflict: 'is in the way: --on-conflict keep or --on-conflict overwrite',
};

/** What was done, or would be. */
export function reportText(report: Report, dryRun: boolean, paint: Paint): string {
  const words = dryRun ? 'would ' : '';
  const shown = column(
    report.project,
    report.files.map(({ path }) => path),
  );
  const rows = report.files.map(({ path, action, bytes }) => {
    const what = outcomes[action] ?? `${words}${action}`;
    return `  ${actions[action]} ${shown(path)}${what.padEnd(18)} ${paint.dim(`${bytes} bytes`)}`;
  });
  const findings = report.findings.map(
    ({ rule, line, message, hint }) =>
      `  ${paint.yellow('!')} Dockerfile:${line}  ${message} (${rule})\n    ${paint.dim(hint)}`,
  );
  const [build = '', run = '', prove = '', ...others] = report.next;
  const row = (label: string, command: string): string => `  ${label.padEnd(11)}${paint.bold(command)}`;
  const next = ['', row('Build it', build), row('Run it', run)];
  const also = others.map((command) => row('And', command));
  return [...rows, ...findings, ...(dryRun ? [] : [...next, ...also, row('Verify it', prove)]), ''].join('\n');
}

/** One problem, the line that shows it, and the way out. */
export function errorText(error: MsbError, paint: Paint): string {
  const where = error.place ? `\n    ${paint.dim(visible(placeText(error.place)))}` : '';
  return `${paint.red('✗')} ${visible(error.message)}.${where}\n  ${visible(error.hint)}\n`;
}
