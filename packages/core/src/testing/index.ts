/** What an ecosystem gets for free: the checks of its templates, and the tests that build and run its images. */

export type { AnswerExpectation } from './answers.ts';
export { proposeCase } from './attempt.ts';
export { type Case, type CaseFile, type RunExpectation, readCases, type SourceEdit } from './cases.ts';
export { conformance } from './conformance.ts';
export { answer, type Container, finish, hardened, remove, start, stop } from './container.ts';
export type { ImageTraits } from './content.ts';
export { build, docker, hasDocker, type ImageFile, imageConfig, imageFiles } from './docker.ts';
export { imageTests } from './images.ts';
export { errorOf, type Files, inMemory, projectOf } from './in-memory.ts';
export { checkEcosystem } from './kit.ts';
export { checkOverrides, overridesConform } from './overrides.ts';
export { expectNone, type Problem, problemText } from './problem.ts';
