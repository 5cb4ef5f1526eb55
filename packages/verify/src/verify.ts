import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DiskTree, type Dockerfile, MsbError, Project, parseDockerfile } from '@msb/core';
import { build } from './build/build.ts';
import { lint } from './build/lint.ts';
import type { StageTime, Step } from './build/progress.ts';
import type { Evidence, Outcome } from './check.ts';
import { imageSize } from './checks/size.ts';
import { checks } from './checks/table.ts';
import { observe, observeStranger } from './container/observe.ts';
import { findEngine } from './engine/find.ts';
import { Session } from './engine/session.ts';
import { scan } from './image/scan.ts';
import type { VerifyRequest } from './request.ts';

/** One row of the report. */
export interface Row extends Outcome {
  readonly id: string;
  readonly title: string;
}

/** What a verification came to. */
export interface Verdict {
  readonly engine: string;
  readonly stages: readonly StageTime[];
  /** In bytes, unpacked. */
  readonly size: number;
  readonly rows: readonly Row[];
  /** No row fails; warnings are no failure. */
  readonly good: boolean;
}

/** Who is told what happens, and when to stop. */
export interface Watch {
  readonly signal: AbortSignal;
  /** A step of the build began or ended. */
  onStep(step: Step): void;
  /** The next part of the work begins. */
  onPhase(name: string): void;
}

/**
 * Builds an image, runs it locked in, looks into its layers, and judges. Leaves neither container nor image behind,
 * however it ends. Throws an `MsbError` where it cannot come to a verdict, and the signal's reason when that aborts.
 */
export async function verify(request: VerifyRequest, watch: Watch): Promise<Verdict> {
  const text = readDockerfile(request.file);
  const engine = await findEngine(request.engine, watch.signal);
  const session = new Session(engine, watch.signal);
  try {
    watch.onPhase('build');
    const [stages, warnings] = await session.together(build(session, request, watch.onStep), lint(session, request));
    watch.onPhase('look and run');
    const dockerfile = upToTarget(parseDockerfile(text), request.buildArgs);
    const [image, runs] = await session.together(scan(session, dockerfile), runBoth(session, request));
    const project = new Project(new DiskTree(request.context));
    const today = new Date().toISOString().slice(0, 10);
    const evidence: Evidence = { request, project, dockerfile, image, today, ...runs, ...(warnings && { warnings }) };
    const rows = judge(evidence);
    const good = rows.every(({ status }) => status !== 'fail');
    return { engine: engine.id, stages: inOrder(stages, dockerfile), size: imageSize(image), rows, good };
  } finally {
    await session.close();
  }
}

/** What is built with `--target`: the stages behind it are not in the image. */
function upToTarget(dockerfile: Dockerfile, args: readonly string[]): Dockerfile {
  const { values } = parseArgs({ args: [...args], options: { target: { type: 'string' } }, strict: false });
  const { stages } = dockerfile;
  const end = stages.findIndex(({ name }) => name !== undefined && name === values.target);
  return end < 0 ? dockerfile : { ...dockerfile, stages: stages.slice(0, end + 1) };
}

/** Stages as the file has them; BuildKit tells of them in the order in which it gets to them. */
function inOrder(times: readonly StageTime[], { stages }: Dockerfile): readonly StageTime[] {
  const place = ({ stage }: StageTime): number =>
    stages.findIndex(({ name }, index) => (name?.toLowerCase() ?? `stage-${index}`) === stage);
  return [...times].sort((a, b) => place(a) - place(b));
}

/** The rows of all checks to whom the question arises. */
export const judge = (evidence: Evidence): readonly Row[] =>
  checks.flatMap((check) => {
    const outcome = check.run(evidence);
    return outcome === undefined ? [] : [{ id: check.id, title: check.title, ...outcome }];
  });

async function runBoth(session: Session, request: VerifyRequest): Promise<Pick<Evidence, 'run' | 'stranger'>> {
  if (!session.engine.runs) return {};
  const port = request.command ? 0 : (request.port ?? (await exposedPort(session)));
  const [run, stranger] = await session.together(
    observe(session, request, port),
    observeStranger(session, request, port),
  );
  return { run, stranger };
}

/** The first TCP port that the image exposes; 0 when there is none. */
async function exposedPort(session: Session): Promise<number> {
  const [inspected] = JSON.parse(await session.must(['image', 'inspect', session.tag]));
  const ports = Object.keys(inspected?.Config?.ExposedPorts ?? {}).filter((port) => port.endsWith('/tcp'));
  return ports.length === 0 ? 0 : Math.min(...ports.map((port) => Number.parseInt(port, 10)));
}

function readDockerfile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new MsbError(
      'not-a-project',
      `There is no ${file}`,
      'Name the folder that has it, or write one first: npx create-msb-docker.',
    );
  }
}
