import { DiskTree, Project } from '@msb/core';
import { imageTests } from '@msb/core/testing';
import { node } from './index.ts';
import { unwantedFiles } from './unwanted.ts';

await imageTests(node, {
  // npm and what it adds (the other managers); pnpm; Yarn 1 and what is newer; Bun
  dependencyWork:
    /added \d+ packages?|Packages: \+\d|Building fresh packages|YN0000.*Completed|\d+ packages? installed/,
  sources: /^app\/(\.git|\.dockerignore|\.github|Dockerfile[^/]*)(\/|$)/,
  unwanted: (files, command, { project, folder = '' }) =>
    unwantedFiles(files, command, new Project(new DiskTree(project), folder, '')),
  artifacts: [/^app\//, /^srv\//, /^usr\/local\/bin\/bun$/],
});
