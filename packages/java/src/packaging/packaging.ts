import { type Artifact, pathWord, type StagePlan } from '@msb/core';
import type { Build, Module } from '../build.ts';

/** Where things are in the build, as absolute paths in its stages. */
export interface Made {
  readonly build: Build;
  readonly module: Module;
  /** The folder of the module. */
  readonly folder: string;
  /** Where its jar is. */
  readonly output: string;
  /** Where the jars of it and of the modules that it depends on are. */
  readonly outputs: readonly string[];
}

/** How a program is packed, and started: from what the build makes to what is in `/app` of the image. */
export interface Packaging {
  readonly title: string;
  /** What Maven is asked for beside `package`. */
  readonly goals?: readonly string[];
  /** What Maven is asked for before sources are there, beside all dependencies. */
  readonly offline?: readonly string[];
  /** The task of Gradle that makes it. */
  readonly task: string;
  /** Stages that come after `build`. */
  stages(made: Made): readonly StagePlan[];
  /** What ships, what changes least first. */
  artifacts(made: Made): readonly Artifact[];
  /** What follows `java` and its own arguments; `main` is the class to start where one has to be named. */
  start(main: string | undefined): readonly string[];
  /** Whether the main class has to be known: nothing in a jar names it. */
  readonly needsMain: boolean;
  /** Arguments that end the program as soon as it has started, for the training of a cache; absent where there are none. */
  readonly startAndStop?: readonly string[];
}

/** The condition of `find` that leaves out the jars that a build makes beside the one that starts. */
export function notBeside({ archive }: Module, { tool }: Build): string {
  const patterns = [
    ...(archive.whole ? ['original-*'] : []),
    ...(tool.id === 'gradle' ? ['*-plain.jar'] : []),
    '*-sources.jar',
    '*-javadoc.jar',
    '*-tests.jar',
  ];
  return patterns.map((pattern) => `! -name '${pattern}'`).join(' ');
}

/** What the templates that look for the jar need. */
export const jarValues = ({ output, module, build }: Made) => ({
  output,
  pattern: globWord(module.archive.pattern),
  beside: notBeside(module, build),
});

/** A pattern for a file's name in single quotes. Throws `unsafe-value`. */
const globWord = (pattern: string): string => pathWord(pattern.replaceAll('*', 'x'), 'The name of the jar') && pattern;
