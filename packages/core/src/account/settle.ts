import { posix } from 'node:path';
import { type Flow, followFiles } from '../dockerfile/flow.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { ignoreMatcher } from '../ignore/match.ts';
import { isSecret } from '../ignore/secrets.ts';
import type { Artifact, BuildPlan, RuntimePlan } from '../plan.ts';
import type { Project } from '../project/project.ts';
import { relative } from '../tree/tree.ts';
import type { Outcome, Read, SettledRead } from './access.ts';
import { filesMeant, fixedPart, type Meant } from './files.ts';
import { canBeNamed } from './names.ts';

/** The folder that a program starts in when it reads files, and nothing else decides. */
export const usualWorkdir = '/app';

/** A folder of which more files than this are missing is copied as a whole. */
const mostCopies = 20;

/** How the Dockerfile and the ignore file of a plan come out. */
export interface Composed {
  readonly dockerfile: string;
  readonly dockerignore: string;
}

/** A plan whose reads are settled. */
export interface SettledPlan {
  readonly plan: BuildPlan;
  readonly reads: readonly SettledRead[];
}

/**
 * Settles what the build and the program read: every file reaches the build, past all patterns of the ignore file, and
 * what the program reads is at its place in the image. Where the plan does not bring it there, it is copied.
 */
export function settleReads(plan: BuildPlan, project: Project, compose: (plan: BuildPlan) => Composed): SettledPlan {
  const { reads = [] } = plan;
  if (reads.length === 0) return { plan, reads: [] };
  const meant = reads.map((read) => look(project, located(plan, read)));
  const letIn = withNeeds(plan, meant, compose);
  const { dockerfile, dockerignore } = compose(letIn);
  const flow = followFiles(parseDockerfile(dockerfile), ignoreMatcher(dockerignore));
  const settled = meant.map((one) => settleOne(letIn, one, flow));
  const added = settled.flatMap(({ artifacts, read }) =>
    artifacts.map((artifact) => ({ ...artifact, target: read.target })),
  );
  return {
    plan: withArtifacts(letIn, added, reads),
    reads: settled.map(({ read, outcome, files }) => ({ ...read, outcome, files })),
  };
}

/** A read, with the files that it means. */
interface Looked {
  readonly read: Read;
  readonly meant: Meant | undefined;
  /** Why it can't be let in. */
  readonly refused?: Outcome;
}

function look(project: Project, read: Read): Looked {
  if (read.made) return { read, meant: undefined, refused: 'made' };
  const meant = filesMeant(project, read.path);
  if (meant === undefined) return { read, meant, refused: 'missing' };
  const files = meant.files.filter((file) => !isSecret(project.root, file));
  if (files.length === 0) return { read, meant, refused: meant.files.length > 0 ? 'secret' : 'missing' };
  return { read, meant: { ...meant, files } };
}

/** The plan, with all files among its needs that its ignore file would keep out. */
function withNeeds(plan: BuildPlan, meant: readonly Looked[], compose: (plan: BuildPlan) => Composed): BuildPlan {
  const ignored = ignoreMatcher(compose(plan).dockerignore);
  const files = meant.flatMap((one) => (one.refused === undefined ? (one.meant?.files ?? []) : []));
  const kept = files.filter((file) => ignored(file) && !/(^|\/)(node_modules|\.git)(\/|$)/.test(file));
  return kept.length === 0 ? plan : { ...plan, needs: [...new Set([...plan.needs, ...kept])] };
}

interface Settled {
  readonly read: Read;
  readonly outcome: Outcome;
  readonly files: number;
  readonly artifacts: readonly Artifact[];
}

function settleOne(plan: BuildPlan, { read, meant, refused }: Looked, flow: Flow): Settled {
  const files = meant?.files ?? [];
  if (refused !== undefined) return { read, outcome: refused, files: files.length, artifacts: [] };
  if (meant === undefined || read.when !== 'run') return { read, outcome: 'build', files: files.length, artifacts: [] };
  const target = runtimeOf(plan, read)?.target;
  const place = (file: string): string => placeOf(read, meant, file);
  const missing = files.filter((file) => !flow.placesOf(file, target).includes(place(file)));
  if (missing.length === 0) return { read, outcome: 'image', files: files.length, artifacts: [] };
  const whole = meant.kind === 'folder' && (missing.length === files.length || missing.length > mostCopies);
  const artifacts = (whole ? [meant.base] : missing).map((src) => ({ src: src || '.', dest: place(src) }));
  const named = artifacts.every(({ src, dest }) => canBeNamed(src) && canBeNamed(dest));
  return { read, outcome: named ? 'added' : 'unnamed', files: files.length, artifacts: named ? artifacts : [] };
}

/** The image that a read is about. */
const runtimeOf = (plan: BuildPlan, { target }: Read): RuntimePlan | undefined =>
  target === undefined ? plan.runtime : [plan.runtime, ...(plan.others ?? [])].find((one) => one.target === target);

/** A read of the program, with the place in the image where what it names begins. */
function located(plan: BuildPlan, read: Read): Read {
  if (read.when !== 'run') return read;
  const workdir = runtimeOf(plan, read)?.workdir ?? usualWorkdir;
  return { ...read, at: posix.resolve(workdir, read.at ?? fixedPart(read.path)) };
}

/** Where the program looks for a file that a read means. */
export const placeOf = ({ at = '/' }: Read, { base }: Meant, file: string): string =>
  posix.join(at, relative(base, file));

type Added = Artifact & { readonly target: string | undefined };

/** The plan, with files that its images lack; a program that reads from where it starts has to start somewhere. */
function withArtifacts(plan: BuildPlan, added: readonly Added[], reads: readonly Read[]): BuildPlan {
  const complete = (runtime: RuntimePlan): RuntimePlan => {
    const mine = ({ target }: { readonly target?: string | undefined }): boolean =>
      target === undefined ? runtime === plan.runtime : target === runtime.target;
    const known = new Set(runtime.artifacts.map(({ dest }) => dest));
    const more = unique(added.filter(mine)).filter(({ dest }) => !known.has(dest));
    const starts = reads.some((read) => read.when === 'run' && read.at === undefined && mine(read));
    const workdir = runtime.workdir ?? (starts && runtime.site === undefined ? usualWorkdir : undefined);
    return {
      ...runtime,
      artifacts: [...runtime.artifacts, ...more.map(({ src, dest }) => ({ src, dest }))],
      ...(workdir !== undefined && { workdir }),
    };
  };
  return {
    ...plan,
    runtime: complete(plan.runtime),
    ...(plan.others !== undefined && { others: plan.others.map(complete) }),
  };
}

/** Each destination once, and none that lies in a folder that is copied, too. */
function unique(added: readonly Added[]): readonly Added[] {
  const all = [...new Map(added.map((one) => [one.dest, one])).values()];
  return all
    .filter(({ dest }) => !all.some((other) => dest.startsWith(`${other.dest}/`)))
    .sort((a, b) => (a.dest < b.dest ? -1 : 1));
}
