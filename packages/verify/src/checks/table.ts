import type { Check } from '../check.ts';
import { buildkit, endOfLife, labels } from './base.ts';
import { readable, volumes } from './files.ts';
import { devDependencies, sourceMaps } from './javascript.ts';
import { caRoots, program, timeZones } from './platform.ts';
import { anyUser, privileges, readOnlyRoot, starts, stops } from './run.ts';
import { credentialFiles, history, privateKeys, tokens, versionControl } from './secrets.ts';
import { size, waste } from './size.ts';
import { tools } from './tools.ts';
import { numericUser, writablePaths } from './user.ts';

/** Every check, in the order of the report. To add one, write it and add it here; it needs a fixture for each side. */
export const checks: readonly Check[] = [
  program,
  starts,
  readOnlyRoot,
  privileges,
  stops,
  numericUser,
  anyUser,
  writablePaths,
  readable,
  volumes,
  ...tools,
  versionControl,
  credentialFiles,
  privateKeys,
  tokens,
  history,
  caRoots,
  timeZones,
  sourceMaps,
  devDependencies,
  size,
  waste,
  endOfLife,
  labels,
  buildkit,
];
