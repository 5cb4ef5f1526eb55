import { MemoryTree, MsbError, Project } from '@msb/core';
import { java } from './index.ts';

/** A project of these files. */
export const projectOf = (files: Readonly<Record<string, string>>, folder = ''): Project =>
  new Project(new MemoryTree(files), folder);

/** A pom.xml with this in it, in the folder of its artifact unless it is the root. */
export const pom = (inner: string, artifact = 'app'): string =>
  `<project>\n<groupId>g</groupId><artifactId>${artifact}</artifactId><version>1</version>\n${inner}\n</project>\n`;

/** A class with a main method. */
export const mainJava = (name: string): string =>
  `package ${name.replace(/\.\w+$/, '')};\npublic class ${name.replace(/.*\./, '')} {\n  public static void main(String[] args) {}\n}\n`;

/** What is found in a project of these files. */
export const detect = (
  files: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | boolean>> = {},
) => java.detect(projectOf(files), given);

/** The error that something ends in. */
export function refusal(run: () => unknown): MsbError {
  try {
    run();
  } catch (error) {
    if (error instanceof MsbError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
