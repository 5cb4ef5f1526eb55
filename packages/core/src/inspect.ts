import { mustBorrowAgain } from './borrowed.ts';
import type { Detection, Ecosystem, Manifest, Note } from './ecosystem.ts';
import { MsbError } from './errors.ts';
import { openQuestion, resolveOptions, validateGiven } from './options/resolve.ts';
import type { GivenOptions, Options, OptionValue, Question } from './options/schema.ts';
import { Project } from './project/project.ts';
import { type MsbRecord, readRecord, recordFile } from './record.ts';
import { selectEcosystem } from './select.ts';
import type { Tree } from './tree/tree.ts';
import { locate } from './workspace.ts';

/** What a door (the CLI, an Nx generator, plop) asks core for. */
export interface Request {
  readonly tree: Tree;
  /** Path of the project in the tree; `''` is its root. */
  readonly folder?: string;
  /** The package that the image is for, by its name or folder, where the folder is a workspace's. */
  readonly member?: string;
  /** The ecosystems to choose from. */
  readonly ecosystems: readonly Ecosystem[];
  /** The id of the ecosystem, where it was named. */
  readonly ecosystem?: string;
  /** Flags and answers. */
  readonly options?: GivenOptions;
  /** Ours are wanted, although the files were made with somebody else's templates. */
  readonly ownTemplates?: boolean;
}

/** A project, understood as far as the flags and answers so far allow. */
export interface Inspection {
  readonly request: Request;
  readonly ecosystem: Ecosystem;
  readonly project: Project;
  readonly record: MsbRecord | undefined;
  /** Flags, answers and recorded answers: what will be recorded. */
  readonly given: GivenOptions;
  readonly detection: Detection;
  readonly options: Options;
  /** What nobody answered yet. */
  readonly open: readonly Question[];
}

/** Reads a project. `assumed` are answers that nobody gave and that are not recorded. Throws an `MsbError`. */
export function inspect(request: Request, assumed: GivenOptions = {}): Inspection {
  const { tree, folder = '', member } = request;
  const here = new Project(tree, folder);
  const ecosystem = selectEcosystem(here, request.ecosystems, request.ecosystem, readRecord(here));
  const { manifest } = ecosystem;
  const { project, notes } = locate(tree, folder, ecosystem, member);
  const record = readRecord(project);
  if (record?.templates && record.ecosystem === manifest.id && !ecosystem.borrowed && !request.ownTemplates) {
    throw mustBorrowAgain(record.templates, project, { file: recordFile });
  }
  const asked = validateGiven(manifest, defined(request.options ?? {}));
  const given = { ...recordedOptions(manifest, record, asked), ...asked };
  const known = { ...assumed, ...given };
  const detected = explained(manifest, ecosystem.detect(project, known));
  const detection = notes.length > 0 ? { ...detected, notes: [...notes, ...detected.notes] } : detected;
  const { options, open } = resolveOptions(manifest, known, detection);
  return { request, ecosystem, project, record, given, detection, options, open };
}

/**
 * Takes the suggestion for every open question, one after the other, since an answer may close or open others, and
 * notes which of them were mere assumptions. Throws `open-question` when one has no suggestion.
 */
export function settle(inspection: Inspection): Inspection {
  const assumed: Record<string, OptionValue> = {};
  const notes: Note[] = [];
  let current = inspection;
  for (let [question] = current.open; question !== undefined; [question] = current.open) {
    const { name, suggested } = question;
    if (suggested === undefined) throw openQuestion(question);
    assumed[name] = suggested;
    const note = current.detection.assumptions?.[name];
    if (note !== undefined) notes.push(note);
    current = name === 'runtime' ? withRuntime(current, suggested) : inspect(inspection.request, assumed);
  }
  if (notes.length === 0) return current;
  const { detection } = current;
  return { ...current, detection: { ...detection, notes: [...detection.notes, ...notes] } };
}

/** What a program ships on says nothing about the project, which need not be read again. */
const withRuntime = (inspection: Inspection, runtime: OptionValue): Inspection => ({
  ...inspection,
  options: { ...inspection.options, runtime },
  open: inspection.open.filter(({ name }) => name !== 'runtime'),
});

/** Why the project ships on another family than its ecosystem's first is said, unasked. */
function explained(manifest: Manifest, detection: Detection): Detection {
  const { runtimes, notes } = detection;
  if (runtimes === undefined || runtimes.families.some((family) => family === manifest.runtimes[0])) return detection;
  return { ...detection, notes: [...notes, runtimes.reason] };
}

/** The answers of the last run that nothing overrides now. Throws `broken-file` for one that is not valid (any more). */
function recordedOptions(manifest: Manifest, record: MsbRecord | undefined, asked: GivenOptions): GivenOptions {
  if (record?.ecosystem !== manifest.id) return {}; // another ecosystem's answers mean nothing
  try {
    return validateGiven(manifest, { ...record.options, ...asked });
  } catch (error) {
    if (!(error instanceof MsbError)) throw error;
    const hint = `Fix it in ${recordFile}, or delete the file to start over.`;
    throw new MsbError('broken-file', `${recordFile} holds what is no option: ${error.message}`, hint, {
      file: recordFile,
    });
  }
}

const defined = (options: GivenOptions): GivenOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
