/**
 * How a Dockerfile comes to be:
 *
 *   Tree ── a folder's files; writes are buffered
 *     │  new Project(tree, folder)
 *   Project ── a read-only view, with evidence (file and line) for what is found
 *     │  ecosystem.detect(project, given)              go, node, rust … (packages/<id>)
 *   Detection ── facts, what the project answers, what stays open
 *     │  resolveOptions: flag › recorded answer › project › default
 *   Inspection ── options, and the questions that are left           `inspect`, `settle`
 *     │  detection.plan(options)
 *   BuildPlan ── stages (templates/<id>/*.hbs), artifacts, the runtime: plain JSON
 *     │  composeDockerfile + composeIgnore              run halves: templates/_runtime/*.hbs
 *   Proposal ── the files, and what writing them means for those that exist       `propose`
 *     │  parseDockerfile + checkDockerfile
 *   Report ── what was written, and what to do next                            `apply`
 *
 * `scaffold` walks the whole road without a question. Core asks nobody anything and knows no language by name.
 */
export type { Account, Read, Setting, SettledRead, SettledWrite, ToolUse, Write } from './account/access.ts';
export { includedPaths } from './account/included.ts';
export { placesInImage } from './account/prove.ts';
export { accountText } from './account/text.ts';
export { isKnownTool } from './account/tools.ts';
export { type Borrowed, borrowedText, borrowing, namedHere } from './borrowed.ts';
export { checkDockerfile } from './check/check.ts';
export type { CheckContext, Finding, Rule } from './check/finding.ts';
export { composeDockerfile, isOurs } from './compose.ts';
export { declared, expand, globalArgs } from './dockerfile/expand.ts';
export { chainOf, earlierStage, externalBase, inherited, takenBy } from './dockerfile/graph.ts';
export * from './dockerfile/parse.ts';
export {
  execArray,
  nameWord,
  oneLine,
  pathWord,
  patternWord,
  printable,
  quoted,
  shellWord,
} from './dockerfile/quote.ts';
export { type ContextRead, contextReads } from './dockerfile/reads.ts';
export { execForm, mountFields, words } from './dockerfile/words.ts';
export type { Detection, Ecosystem, Fact, Manifest, Note } from './ecosystem.ts';
export { givenText } from './ecosystem.ts';
export { type ErrorCode, exitCodes, inOneMessage, MsbError, type Place, placeText } from './errors.ts';
export { type FamilyTraits, families } from './families.ts';
export { composeIgnore } from './ignore/compose.ts';
export { ignoreMatcher } from './ignore/match.ts';
export {
  baseImage,
  defaultImage,
  type Product,
  type ProductVersion,
  product,
  runtimeImage,
  unknownVersion,
} from './images.ts';

export { type Inspection, inspect, type Request, settle } from './inspect.ts';
export { contract, loadManifest, readManifest } from './manifest.ts';
export { imageName } from './name.ts';
export { openQuestion, type Resolution, resolveOptions, validateGiven } from './options/resolve.ts';
export {
  type Choice,
  familyChoices,
  type GivenOptions,
  type OptionSchema,
  type Options,
  type OptionValue,
  optionSchemas,
  type Question,
  wantsTests,
} from './options/schema.ts';
export { flagName } from './options/validate.ts';
export { type Outside, type OutsideCode, type OutsideEcosystem, readOutside } from './outside.ts';
export * from './plan.ts';
export { assumedPort, exposedPort, type FoundPort, findPort } from './ports.ts';
export { at, itemsOf, type JsonFile, keysOf, readJson, readToml, textAt, type Value } from './project/documents.ts';
export { type Hit, lineOf, Project } from './project/project.ts';
export { readXml, type Xml, xmlAt } from './project/xml.ts';
export { type FileState, type Proposal, type ProposedFile, propose, proposedRecord } from './propose.ts';
export { type MsbRecord, readRecord, recordFile } from './record.ts';
export { moduleFolder } from './render/templates.ts';
export {
  apply,
  type ConflictPolicy,
  conflictPolicies,
  nextCommands,
  preview,
  type Report,
  scaffold,
  type WrittenFile,
} from './scaffold.ts';
export { seenFrom } from './seen.ts';
export { type Candidate, candidates, type Listed, selectEcosystem, withProgram } from './select.ts';
export { type Site, siteRuntime } from './site.ts';
export { DiskTree } from './tree/disk.ts';
export { MemoryTree } from './tree/memory.ts';
export { join, normalize, relative, type Tree, type TreeChange } from './tree/tree.ts';
export { commonFolder, firstMember, foldersAbove, type Member, memberChoices, type Workspace } from './workspace.ts';
