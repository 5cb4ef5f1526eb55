import { isKnownTool, type Read, type ToolUse, type Write } from '@msb/core';
import type { Layout } from '../layout.ts';
import { homeOf, type PythonBuild } from '../plan.ts';
import { ownSources } from '../sources.ts';
import { accountReads, accountWrites, type ImageSites } from './account.ts';
import { frameworkWrites, inInstance, instanceOf } from './frameworks.ts';
import type { ProgramFiles } from './program.ts';
import { type RequiredSetting, requiredSettings } from './settings.ts';
import { neededTools } from './tools.ts';

/** All that a program needs beside its modules, as the plan has it. */
export interface Account {
  readonly lists: {
    readonly reads: readonly Read[];
    readonly writes: readonly Write[];
    readonly settings: readonly RequiredSetting[];
    readonly tools: readonly ToolUse[];
  };
}

/** What a program reads, writes, and has to be given. */
export function accountOf(
  build: PythonBuild,
  layout: Layout,
  found: ProgramFiles,
  asked: readonly RequiredSetting[],
): Account {
  const { project, pyproject, dependencies, start, sources, request, version } = build;
  const { packages } = dependencies;
  const sites: ImageSites = { sources, linked: request.linked, python: version.minor, workdir: homeOf(build) };
  const reached = start.files.length > 0 ? start.files : ownSources(project);
  const installed = request.self && !request.linked && !start.sources;
  const instance = instanceOf(project, pyproject, layout, !installed, request.linked ? layout.root : '');
  const { files, writes } = inInstance(found, packages, instance);
  const reads = accountReads(project, pyproject, layout, packages, files, sites);
  return {
    lists: {
      reads,
      writes: [...accountWrites(project, layout, files, sites), ...writes, ...frameworkWrites(project, packages)],
      settings: unique([...asked, ...requiredSettings(project, reached)]),
      tools: neededTools(project, ownSources(project)).filter(({ name }) => isKnownTool(name)),
    },
  };
}

/** Each variable once. */
const unique = (settings: readonly RequiredSetting[]): readonly RequiredSetting[] =>
  settings.filter(({ name }, index) => settings.findIndex((other) => other.name === name) === index);
