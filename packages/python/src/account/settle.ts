import type { Project } from '@msb/core';
import type { Layout } from '../layout.ts';
import { projectName } from '../layout.ts';
import { normalized } from '../names.ts';
import { venv } from '../package-managers/manager.ts';
import { homeOf, type PythonBuild } from '../plan.ts';
import { ownSources } from '../sources.ts';
import { filesBelow } from '../wheel/lacks.ts';
import { type AccountRead, type AccountWrite, accountReads, accountWrites, type ImageSites } from './account.ts';
import { frameworkWrites, inInstance, instanceFolder } from './frameworks.ts';
import type { ProgramFiles } from './program.ts';
import { type RequiredSetting, requiredSettings } from './settings.ts';
import { type NeededTool, neededTools } from './tools.ts';

/** All that a program needs beside its modules, as the plan has it. */
export interface Account {
  readonly lists: {
    readonly reads: readonly AccountRead[];
    readonly writes: readonly AccountWrite[];
    readonly settings: readonly RequiredSetting[];
    readonly tools: readonly NeededTool[];
  };
  /** The files of the context that the lists name. */
  readonly needs: readonly string[];
}

/** What a program reads, writes, and has to be given. */
export function accountOf(build: PythonBuild, layout: Layout, found: ProgramFiles): Account {
  const { project, pyproject, dependencies, start, sources, request, version } = build;
  const { packages } = dependencies;
  const sites: ImageSites = { sources, linked: request.linked, python: version.minor, workdir: homeOf(build) };
  const reached = start.files.length > 0 ? start.files : ownSources(project);
  const installed = request.self && !request.linked && !start.sources;
  const name = normalized(projectName(project, pyproject) ?? '').replaceAll('-', '_');
  const instance = instanceFolder(installed, layout.packages[0] ?? name, request.linked ? layout.root : '', venv);
  const { files, writes } = inInstance(found, packages, instance);
  const reads = accountReads(project, pyproject, layout, packages, files, sites);
  return {
    lists: {
      reads,
      writes: [...accountWrites(project, layout, files, sites), ...writes, ...frameworkWrites(project, packages)],
      settings: requiredSettings(project, reached),
      tools: neededTools(project, ownSources(project)),
    },
    needs: reads.flatMap(({ path }) => existing(project, path)).map((path) => project.inContext(path)),
  };
}

/** The files of a folder; a glob is left to those who know all files. */
const existing = (project: Project, path: string): readonly string[] =>
  project.has(path) ? [path] : [...filesBelow(project, path)];
