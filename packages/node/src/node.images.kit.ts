import { DiskTree, Project } from '@msb/core';
import type { ImageTraits } from '@msb/core/testing';
import { unwantedFiles } from './unwanted.ts';

/** What npm and the other package managers print, and where the program is. */
export const traits: ImageTraits = {
  // npm and what it adds (the other managers); pnpm; Yarn 1 and what is newer; Bun
  dependencyWork:
    /added \d+ packages?|Packages: \+\d|Building fresh packages|YN0000.*Completed|\d+ packages? installed/,
  sources: /^app\/(\.git|\.dockerignore|\.github|Dockerfile[^/]*)(\/|$)/,
  unwanted: (files, command, { project, folder = '' }) =>
    unwantedFiles(files, command, new Project(new DiskTree(project), folder, '')),
  artifacts: [/^app\//, /^srv\//, /^usr\/local\/bin\/bun$/],
};
