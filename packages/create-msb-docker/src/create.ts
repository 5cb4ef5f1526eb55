import {
  apply,
  type Candidate,
  type ConflictPolicy,
  candidates,
  DiskTree,
  type Ecosystem,
  firstMember,
  type Inspection,
  inspect,
  type Listed,
  memberChoices,
  nextCommands,
  type OptionValue,
  Project,
  type Proposal,
  preview,
  propose,
  type Report,
  readRecord,
  selectEcosystem,
  settle,
  withProgram,
} from '@msb/core';
import type { Asker } from './ask.ts';
import { difference } from './difference-lazily.ts';
import type { ListedEcosystem } from './ecosystems.ts';
import { explanation } from './explanation-lazily.ts';
import type { Invocation } from './flags.ts';
import { needsWhole, openProject } from './open.ts';
import { factsText, notesText, previewText } from './show.ts';
import { noTemplates } from './templates-flag.ts';
import type { Paint } from './terminal.ts';

/** Where a run shows things, and whom it asks; without an asker it takes suggestions. */
export interface Setting {
  readonly ecosystems: readonly ListedEcosystem[];
  readonly asker: Asker | undefined;
  readonly paint: Paint;
  /** Shows text to a person. */
  readonly say: (text: string) => void;
}

/** Looks, asks, shows and writes. Resolves to `undefined` when the person said no. */
export async function create(invocation: Invocation, setting: Setting): Promise<Report | undefined> {
  const { asker, paint, say } = setting;
  const here = new DiskTree(invocation.folder);
  const ecosystem = await chooseEcosystem(here, invocation, setting);
  const { tree, folder } = openProject(
    here,
    ecosystem,
    needsWhole(here, ecosystem, invocation.options, invocation.project),
  );
  const member = invocation.project ?? (await chooseMember(new Project(tree, folder), ecosystem, asker));
  const first = inspect({
    tree,
    folder,
    ...(member !== undefined && { member }),
    ecosystems: [ecosystem],
    ecosystem: ecosystem.manifest.id,
    options: invocation.options,
    ownTemplates: invocation.templates === noTemplates,
  });
  // Without a person to answer, all is known at once; with one, what was found comes before the questions.
  const known = asker ? first : settle(first);
  say(factsText(known, paint));
  const settled = asker ? await answerAll(first, asker) : known;
  if (asker) say(factsText(settled, paint, known));
  const proposal = propose(settled);
  say(notesText(proposal.notes, paint));
  if (!asker || invocation.dryRun) return finish(proposal, tree, invocation, invocation.onConflict ?? 'error');

  say(previewText(proposal, paint));
  const policies = await decideConflicts(proposal, invocation, setting, asker);
  if (proposal.files.every(({ state }) => state === 'unchanged')) return finish(proposal, tree, invocation, policies);
  const showAll = async (): Promise<void> => {
    for (const file of proposal.files) say(await difference(file, paint));
  };
  const explainIt = async (): Promise<void> => say(await explanation(proposal));
  return (await asker.write(showAll, explainIt)) ? finish(proposal, tree, invocation, policies) : undefined;
}

/**
 * The ecosystem that is named, recorded, the only one that finds a program, or chosen by the person. Where only one has
 * its marker there, only its code is loaded.
 */
async function chooseEcosystem(tree: DiskTree, invocation: Invocation, setting: Setting): Promise<Ecosystem> {
  const project = new Project(tree);
  const record = readRecord(project);
  const found = candidates(project, setting.ecosystems);
  const open = found.length > 1 && !found.some(({ ecosystem }) => ecosystem.manifest.id === record?.ecosystem);
  if (invocation.ecosystem !== undefined || !open) {
    return selectEcosystem(project, setting.ecosystems, invocation.ecosystem, record).load();
  }
  const programs = withProgram(project, await Promise.all(found.map(loaded)));
  const [only, second] = programs;
  if (only !== undefined && second === undefined) {
    const others = found.filter(({ marker }) => marker !== only.marker).map(({ marker }) => marker);
    setting.say(`${only.ecosystem.manifest.title}: ${others.join(', ')} is there, too, but names nothing to start\n`);
    return only.ecosystem;
  }
  const wanted = await setting.asker?.ecosystem(programs.map(describe));
  return selectEcosystem(project, setting.ecosystems, wanted, record).load();
}

const loaded = async ({ ecosystem, marker }: Candidate<ListedEcosystem>): Promise<Candidate<Ecosystem>> => ({
  ecosystem: await ecosystem.load(),
  marker,
});

const describe = ({ ecosystem: { manifest } }: Candidate<Listed>) => ({
  id: manifest.id,
  title: manifest.title,
});

/** The package of a workspace that a person chooses; the only program needs no choice. */
async function chooseMember(
  project: Project,
  ecosystem: Ecosystem,
  asker: Asker | undefined,
): Promise<string | undefined> {
  const workspace = ecosystem.workspace?.(project);
  if (asker === undefined || workspace === undefined) return undefined;
  const choices = memberChoices(workspace);
  if (choices.length < 2) return undefined;
  return asker
    .option({
      name: 'project',
      message: 'Which package of the workspace is the image for?',
      type: 'string',
      choices: choices.map(({ name, folder }) => ({ value: name, about: folder })),
      suggested: firstMember(workspace)?.name,
    })
    .then(String);
}

/** Asks one question after the other: each answer may close or open others. */
async function answerAll(first: Inspection, asker: Asker): Promise<Inspection> {
  let current = first;
  const answers: Record<string, OptionValue> = {};
  for (let [question] = current.open; question !== undefined; [question] = current.open) {
    answers[question.name] = await asker.option(question);
    current = inspect({ ...first.request, options: { ...first.request.options, ...answers } });
  }
  return current;
}

async function decideConflicts(
  proposal: Proposal,
  { onConflict }: Invocation,
  { paint, say }: Setting,
  asker: Asker,
): Promise<Readonly<Record<string, ConflictPolicy>>> {
  const policies: Record<string, ConflictPolicy> = {};
  for (const file of proposal.files.filter(({ state }) => state === 'conflict')) {
    const showDiff = async (): Promise<void> => say(await difference(file, paint));
    policies[file.path] = onConflict ?? (await asker.conflict(file, showDiff));
  }
  return policies;
}

function finish(
  proposal: Proposal,
  tree: DiskTree,
  { dryRun, folder }: Invocation,
  onConflict: Parameters<typeof apply>[1],
): Report {
  const next = nextCommands(proposal, folder);
  if (dryRun) return { ...preview(proposal, onConflict), next };
  const report = apply(proposal, onConflict);
  tree.flush();
  return { ...report, next };
}
