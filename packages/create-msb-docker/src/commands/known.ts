import { dirname } from 'node:path';
import { candidates, DiskTree, type Inspection, inspect, MsbError, Project, readRecord, settle } from '@msb/core';
import { ecosystems } from '../ecosystems.ts';
import { openProject } from '../open.ts';
import type { Target } from './target.ts';

/**
 * The project of a Dockerfile, as far as we know its language; `undefined` where we do not, or where it cannot be
 * served: a Dockerfile of somebody else's needs neither.
 */
export async function inspectTarget({ file }: Target): Promise<Inspection | undefined> {
  try {
    const here = new DiskTree(dirname(file));
    const project = new Project(here);
    const recorded = readRecord(project)?.ecosystem;
    const found = candidates(project, ecosystems);
    const { ecosystem: listed } = found.find(({ ecosystem }) => ecosystem.manifest.id === recorded) ?? found[0] ?? {};
    if (listed === undefined) return undefined;
    const ecosystem = await listed.load();
    const { tree, folder } = openProject(here, ecosystem);
    return settle(
      inspect({ tree, folder, ecosystems: [ecosystem], ecosystem: ecosystem.manifest.id, ownTemplates: true }),
    );
  } catch (error) {
    if (error instanceof MsbError) return undefined;
    throw error;
  }
}
