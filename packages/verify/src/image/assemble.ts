import { chainOf, type Dockerfile } from '@msb/core';
import type { Archive } from './archive.ts';
import type { Image, ImageConfig, Layer, SeenFile } from './image.ts';
import type { BareLayer } from './layer.ts';

/** The documents of an archive, as far as they are read
 *  (https://github.com/opencontainers/image-spec/blob/main/config.md). */
interface Configuration {
  readonly architecture?: string;
  readonly config?: {
    readonly User?: string;
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Env?: readonly string[] | null;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly ExposedPorts?: Readonly<Record<string, object>> | null;
    readonly Volumes?: Readonly<Record<string, object>> | null;
    readonly WorkingDir?: string;
  };
  readonly history?: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[];
}

interface ManifestEntry {
  readonly Config: string;
  readonly Layers: readonly string[];
}

/** Puts the layers of an archive in their order. `dockerfile` tells which of them are not the base image's. */
export function assemble({ layers, documents }: Archive, dockerfile: Dockerfile): Image {
  const [entry] = (documents.get('manifest.json') ?? []) as readonly ManifestEntry[];
  if (entry === undefined) throw new Error('the archive of the image has no manifest.json');
  const configuration = (documents.get(entry.Config) ?? {}) as Configuration;
  const steps = configuration.history ?? [];
  const own = ownSteps(dockerfile);
  const makers = steps.flatMap(({ empty_layer: empty, created_by: by = '' }, index) =>
    empty ? [] : [{ madeBy: by, inBase: index < steps.length - own }],
  );
  const ordered = entry.Layers.map((name, index): Layer => {
    const bare = layers.get(name) ?? nothing;
    return { ...bare, madeBy: makers[index]?.madeBy ?? '', inBase: makers[index]?.inBase ?? false };
  });
  return {
    config: readConfig(configuration),
    layers: ordered,
    history: steps.map(({ created_by: by = '' }) => by),
    files: overlay(ordered),
    text: (path) => ordered.findLast(({ texts }) => texts.has(path))?.texts.get(path),
  };
}

const nothing: BareLayer = {
  files: [],
  deleted: [],
  emptied: [],
  leaks: [],
  texts: new Map(),
};

/** BuildKit writes one step of history for each instruction but FROM. */
function ownSteps(dockerfile: Dockerfile): number {
  const last = dockerfile.stages.at(-1);
  if (last === undefined) return 0;
  return chainOf(dockerfile, last).reduce((sum, { instructions }) => sum + instructions.length, 0);
}

function readConfig({ architecture, config }: Configuration): ImageConfig {
  const env = (config?.Env ?? []).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return {
    user: config?.User ?? '',
    entrypoint: config?.Entrypoint ?? [],
    cmd: config?.Cmd ?? [],
    env: Object.fromEntries(env),
    labels: config?.Labels ?? {},
    ports: Object.keys(config?.ExposedPorts ?? {})
      .filter((port) => !port.endsWith('/udp'))
      .map((port) => Number.parseInt(port, 10)),
    volumes: Object.keys(config?.Volumes ?? {}),
    workdir: config?.WorkingDir || '/',
    architecture: architecture ?? '',
  };
}

/** Later layers over earlier ones. */
export function overlay(layers: readonly Layer[]): ReadonlyMap<string, SeenFile> {
  const files = new Map<string, SeenFile>();
  for (const layer of layers) {
    const gone = [...layer.deleted, ...layer.emptied];
    for (const path of layer.deleted) files.delete(path);
    if (gone.length > 0) {
      const prefixes = new Set(gone);
      for (const path of [...files.keys()])
        if (ancestors(path).some((folder) => prefixes.has(folder))) files.delete(path);
    }
    for (const file of layer.files) files.set(file.path, { ...file, layer });
  }
  return files;
}

/** `a/b/c` → `a`, `a/b`. */
export const ancestors = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, names) => names.slice(0, index + 1).join('/'));
