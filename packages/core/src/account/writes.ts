import { posix } from 'node:path';
import { families } from '../families.ts';
import type { Artifact, BuildPlan, RuntimePlan } from '../plan.ts';
import type { SettledWrite, Write } from './access.ts';
import { isPlain } from './names.ts';
import { usualWorkdir } from './settle.ts';

/** The volume for files that a program writes where it starts. */
export const dataFolder = '/data';

/** Folders that can be written to anyway, in memory: `docker run --tmpfs /tmp`. */
const temporary = /^\/(tmp|dev|proc|run|var\/tmp)(\/|$)/;

/** What a folder or file of the program, from where it starts, ships with. */
export interface Shipped {
  /** As the build context has it. */
  readonly src: string;
  /** Nothing but what keeps an empty folder in Git. */
  readonly placeholder: boolean;
}

/** Looks up what of the repository an image (its target) has at an absolute path; `undefined` where there is nothing. */
export type FindShipped = (path: string, target: string | undefined) => Shipped | undefined;

/**
 * What a program writes has a place: a volume that belongs to the image's user, which starts with what the repository
 * has there.
 */
export function settleWrites(
  plan: BuildPlan,
  shipped: FindShipped,
): { readonly plan: BuildPlan; readonly writes: readonly SettledWrite[] } {
  const { writes = [] } = plan;
  const settled: SettledWrite[] = [];
  const complete = (runtime: RuntimePlan): RuntimePlan => {
    const mine = writes.filter(({ target }) =>
      target === undefined ? runtime === plan.runtime : target === runtime.target,
    );
    if (mine.length === 0 || runtime.site !== undefined) return runtime;
    const { kept, ...rest } = placed(runtime, mine, shipped);
    settled.push(...kept);
    return { ...runtime, ...rest };
  };
  const changed: BuildPlan = {
    ...plan,
    runtime: complete(plan.runtime),
    ...(plan.others && { others: plan.others.map(complete) }),
  };
  return { plan: changed, writes: settled };
}

type Placed = Pick<RuntimePlan, 'workdir' | 'volumes' | 'links' | 'artifacts'> & {
  readonly kept: readonly SettledWrite[];
};

/**
 * Where each write goes. A program that finds nothing of its own in its working folder starts in the volume. Else a
 * folder becomes a volume, and a file a link into one, since its folder holds what ships. A folder of the program's own
 * code stays as it is.
 */
function placed(runtime: RuntimePlan, writes: readonly Write[], shipped: FindShipped): Placed {
  const free = runtime.workdir === undefined;
  const workdir = runtime.workdir ?? dataFolder;
  const volumes = new Set<string>(free && writes.some(({ path }) => !posix.isAbsolute(path)) ? [workdir] : []);
  const links = new Map<string, string>();
  // a program that starts in its volume has nothing of its own there
  const shippedAt = (path: string): Shipped | undefined => (free ? undefined : shipped(path, runtime.target));
  const kept = writes.map((write): SettledWrite => {
    const path = posix.resolve(workdir, write.path);
    if (temporary.test(path) || !isPlain(path)) return write;
    const inside = [...volumes].find((volume) => path === volume || path.startsWith(`${volume}/`));
    if (inside !== undefined) return { ...write, keep: inside };
    const folder = write.kind === 'folder' ? path : posix.dirname(path);
    const beside = write.kind === 'file' ? shippedAt(folder) : undefined;
    const hides = beside !== undefined && !beside.placeholder;
    if (folder !== '/' && !hides && !holdsProgram(withoutSeeds(runtime, workdir, write, shippedAt), folder)) {
      volumes.add(folder);
      return { ...write, keep: folder };
    }
    if (write.kind === 'folder') return { ...write, readOnly: true };
    volumes.add(dataFolder);
    links.set(path, freeName(path, links));
    return { ...write, keep: dataFolder };
  });
  return {
    ...(volumes.size > 0 && { volumes: [...volumes].sort() }),
    ...(links.size > 0 && { links: [...links].map(([path, to]) => ({ path, to })) }),
    ...(runtime.workdir === undefined && { workdir }),
    artifacts: seeded(withTree(runtime, workdir, volumes, links, shippedAt), workdir, volumes, links),
    kept,
  };
}

/**
 * What ships as a part of a larger folder is copied once more to the volume, or to where the link leads: it has to belong
 * to the user there.
 */
function withTree(
  runtime: RuntimePlan,
  workdir: string,
  volumes: ReadonlySet<string>,
  links: ReadonlyMap<string, string>,
  shippedAt: (path: string) => Shipped | undefined,
): RuntimePlan {
  const placeOf = ({ dest }: Artifact): string => posix.resolve(workdir, dest);
  const known = (path: string): boolean =>
    runtime.artifacts.some((artifact) => `${placeOf(artifact)}/`.startsWith(`${path}/`));
  const more = [...volumes, ...links.keys()].flatMap((path): readonly Artifact[] => {
    const found = known(path) ? undefined : shippedAt(path);
    return found === undefined ? [] : [{ src: found.src, dest: path }];
  });
  // a folder that another layer has already would keep its owner
  const apart = more.map(({ dest }) => dest).filter((path) => volumes.has(path));
  const without = (artifact: Artifact): Artifact => {
    const inside = apart.filter((path) => path.startsWith(`${placeOf(artifact)}/`));
    const exclude = [...(artifact.exclude ?? []), ...inside.map((path) => posix.relative(placeOf(artifact), path))];
    return inside.length === 0 ? artifact : { ...artifact, exclude };
  };
  return { ...runtime, artifacts: [...runtime.artifacts.map(without), ...more] };
}

/**
 * Whether an artifact is what a write starts with: the file itself, or one of the folder. What comes out of the build is
 * only where the repository has it, too.
 */
const isSeed = (
  { stage, dest }: Artifact,
  workdir: string,
  { path, kind }: Write,
  shippedAt: (path: string) => Shipped | undefined,
): boolean => {
  const [place, written] = [posix.resolve(workdir, dest), posix.resolve(workdir, path)];
  const inside = kind === 'folder' && written !== workdir && place.startsWith(`${written}/`);
  return (place === written || inside) && (stage === undefined || shippedAt(written) !== undefined);
};

const withoutSeeds = (
  runtime: RuntimePlan,
  workdir: string,
  write: Write,
  shippedAt: (path: string) => Shipped | undefined,
): RuntimePlan => ({
  ...runtime,
  artifacts: runtime.artifacts.filter((artifact) => !isSeed(artifact, workdir, write, shippedAt)),
});

/** What ships into a volume belongs to the user, as the volume does: a new one starts with what the image has there. */
function seeded(
  runtime: RuntimePlan,
  workdir: string,
  volumes: ReadonlySet<string>,
  links: ReadonlyMap<string, string>,
): readonly Artifact[] {
  const { uid } = families[runtime.family];
  return runtime.artifacts.map((artifact) => {
    const place = posix.resolve(workdir, artifact.dest);
    const dest = links.get(place) ?? artifact.dest;
    const kept = [...volumes].some((volume) => `${posix.resolve(workdir, dest)}/`.startsWith(`${volume}/`));
    return kept ? { ...artifact, dest, owner: uid } : artifact;
  });
}

/** The file of the volume that a link leads to: by its own name or, where another one has that, by its path. */
function freeName(path: string, links: ReadonlyMap<string, string>): string {
  const short = posix.join(dataFolder, posix.basename(path));
  const taken = [...links].some(([other, to]) => to === short && other !== path);
  return taken ? posix.join(dataFolder, path.slice(1).replaceAll('/', '-')) : short;
}

/** Whether something ships in a folder, or the program starts there: a volume would hide it from the next image. */
function holdsProgram({ workdir = usualWorkdir, artifacts, entrypoint }: RuntimePlan, folder: string): boolean {
  const paths = [workdir, ...artifacts.map(({ dest }) => posix.resolve(workdir, dest)), ...entrypoint];
  return paths.some((path) => path === folder || path.startsWith(`${folder}/`));
}
