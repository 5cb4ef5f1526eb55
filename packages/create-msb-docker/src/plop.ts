import { resolve } from 'node:path';
import {
  apply,
  type ConflictPolicy,
  candidates,
  DiskTree,
  type GivenOptions,
  inOneMessage,
  inspect,
  type OptionValue,
  Project,
  propose,
  type Request,
  readRecord,
  selectEcosystem,
  settle,
} from '@msb/core';
import { ecosystems } from './ecosystems.ts';
import { needsWhole, openProject } from './open.ts';

/** The parts of plop's API that are used (https://plopjs.com/documentation/#plopfile-api). */
export interface PlopApi {
  getDestBasePath(): string;
  setGenerator(name: string, config: object): unknown;
  setActionType(name: string, action: (answers: PlopAnswers) => Promise<string> | string): unknown;
}

/** Answers of the generator: plop's own prompts, and the options of the ecosystem. */
export interface PlopAnswers {
  readonly folder?: string;
  readonly ecosystem?: string;
  /** The package of a workspace, by name or folder. */
  readonly project?: string;
  readonly onConflict?: ConflictPolicy;
  readonly [option: string]: unknown;
}

interface Prompter {
  prompt(questions: readonly object[]): Promise<Readonly<Record<string, OptionValue>>>;
}

const ownAnswers = new Set(['folder', 'ecosystem', 'project', 'onConflict']);

const optionsOf = (answers: PlopAnswers): GivenOptions =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => !ownAnswers.has(name))) as GivenOptions;

const treeOf = (base: string, { folder = '.' }: PlopAnswers): DiskTree => new DiskTree(resolve(base, folder));

async function requestFor(base: string, answers: PlopAnswers): Promise<Request & { readonly tree: DiskTree }> {
  const here = treeOf(base, answers);
  const project = new Project(here);
  const record = readRecord(project);
  const ecosystem = await selectEcosystem(project, ecosystems, answers.ecosystem, record).load();
  return {
    ...openProject(here, ecosystem, needsWhole(here, ecosystem, optionsOf(answers), answers.project)),
    ...(answers.project !== undefined && { member: answers.project }),
    ecosystems: [ecosystem],
    ecosystem: ecosystem.manifest.id,
    options: optionsOf(answers),
  };
}

/**
 * Adds the generator `dockerfile` to a plopfile: `await plop.load('create-msb-docker')`. It asks for the folder, and
 * then only what the project leaves open, and what to do with files that are in the way.
 */
export default function registerDockerfile(plop: PlopApi): void {
  const base = plop.getDestBasePath();
  plop.setActionType('msb-dockerfile', (answers) => write(base, answers).catch(tell));
  plop.setGenerator('dockerfile', {
    description: 'A multi-stage Dockerfile and a .dockerignore for an existing project',
    prompts: async (prompter: Prompter): Promise<PlopAnswers> => {
      const { folder } = await prompter.prompt([
        { type: 'input', name: 'folder', message: 'Folder of the project', default: '.' },
      ]);
      return askAll(prompter, base, { folder: String(folder) }).catch(tell);
    },
    actions: [{ type: 'msb-dockerfile' }],
  });
}

function tell(error: unknown): never {
  throw inOneMessage(error);
}

async function write(base: string, answers: PlopAnswers): Promise<string> {
  const request = await requestFor(base, answers);
  const report = apply(propose(settle(inspect(request))), answers.onConflict ?? 'error');
  request.tree.flush();
  return report.files.map(({ path, action }) => `${action} ${path}`).join(', ');
}

async function askAll(prompter: Prompter, base: string, folder: PlopAnswers): Promise<PlopAnswers> {
  const answers = await askOptions(prompter, base, await askEcosystem(prompter, base, folder));
  const { files } = propose(inspect(await requestFor(base, answers)));
  const inTheWay = files.filter(({ state }) => state === 'conflict').map(({ path }) => path);
  if (inTheWay.length === 0) return answers;
  const message = `${inTheWay.join(' and ')}: not written by msb, or edited since`;
  const choices = [
    { value: 'keep', name: 'keep' },
    { value: 'overwrite', name: 'overwrite' },
  ];
  return { ...answers, ...(await prompter.prompt([{ type: 'list', name: 'onConflict', message, choices }])) };
}

async function askEcosystem(prompter: Prompter, base: string, answers: PlopAnswers): Promise<PlopAnswers> {
  const project = new Project(treeOf(base, answers));
  const found = candidates(project, ecosystems).map(({ ecosystem: { manifest } }) => manifest);
  const recorded = readRecord(project)?.ecosystem;
  if (found.length < 2 || found.some(({ id }) => id === recorded)) return answers;
  const message = 'Which project is the image for?';
  const choices = found.map(({ id, title }) => ({ value: id, name: title }));
  return { ...answers, ...(await prompter.prompt([{ type: 'list', name: 'ecosystem', message, choices }])) };
}

async function askOptions(prompter: Prompter, base: string, first: PlopAnswers): Promise<PlopAnswers> {
  let answers = first;
  for (;;) {
    const [question] = inspect(await requestFor(base, answers)).open;
    if (question === undefined) return answers;
    const { name, message, choices, suggested } = question;
    const type = choices.length > 0 ? 'list' : 'input';
    const list = choices.map(({ value, about }) => ({ value, name: about ? `${value} (${about})` : value }));
    answers = { ...answers, ...(await prompter.prompt([{ type, name, message, choices: list, default: suggested }])) };
  }
}
