import { dirname } from 'node:path';
import { at, DiskTree, Project, readJson, recordFile } from '@msb/core';
import type { Target } from './target.ts';

/** What `.msb.json` says under `verify`, so that nobody has to type it: `{ "maxSize": "25MB", "path": "/health" }`. */
export interface VerifySettings {
  readonly maxSize?: string;
  readonly path?: string;
  readonly port?: string;
  readonly command?: string;
}

/** Reads the settings of a target. Throws `broken-file`. */
export function readSettings({ file }: Target): VerifySettings {
  const project = new Project(new DiskTree(dirname(file)));
  if (!project.has(recordFile)) return {};
  const { value } = readJson(project, recordFile);
  const names = ['maxSize', 'path', 'port', 'command'] as const;
  const settings = names.flatMap((name) => {
    const found = at(value, 'verify', name);
    return typeof found === 'string' || typeof found === 'number' ? [[name, String(found)] as const] : [];
  });
  const port = at(value, 'options', 'port');
  return { ...(typeof port === 'number' && { port: String(port) }), ...Object.fromEntries(settings) };
}
