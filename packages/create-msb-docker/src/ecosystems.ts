import { type Ecosystem, type Listed, loadManifest } from '@msb/core';

/** An ecosystem whose code is loaded when a project needs it; until then its manifest is enough. */
export interface ListedEcosystem extends Listed {
  readonly load: () => Promise<Ecosystem>;
}

const listed = (id: string, load: () => Promise<Ecosystem>): ListedEcosystem => ({
  manifest: loadManifest(import.meta.url, id).manifest,
  load,
});

/** Every ecosystem that ships with the tool, in the order of `--list`. To add one, add it here. */
export const ecosystems: readonly ListedEcosystem[] = [
  listed('go', async () => (await import('@msb/go')).go),
  listed('java', async () => (await import('@msb/java')).java),
  listed('node', async () => (await import('@msb/node')).node),
  listed('python', async () => (await import('@msb/python')).python),
  listed('rust', async () => (await import('@msb/rust')).rust),
];
