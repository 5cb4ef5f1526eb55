import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Ecosystem, Manifest } from '../ecosystem.ts';
import { fakeDetection, fakeManifest, fakeTemplates } from './fake-language.ts';

export { fakeDetection, fakeManifest, fakePlan, fakeTemplates } from './fake-language.ts';

/** A folder that lasts as long as the test, with these files. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'msb-core-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The code of what a function throws; anything but an error with a code is thrown on. */
export function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'hint' in error) return String(error.code);
    throw error;
  }
  return 'no error';
}

/** The ecosystem, its templates in a folder that lasts as long as the test. */
export function fakeEcosystem(
  manifest: Partial<Manifest> = {},
  detect: Ecosystem['detect'] = () => fakeDetection(),
  templates: Readonly<Record<string, string>> = fakeTemplates,
): Ecosystem {
  return { manifest: fakeManifest(manifest), folder: temporaryFolder(templates), detect };
}
