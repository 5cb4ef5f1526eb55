import type { Session } from '../engine/session.ts';
import type { VerifyRequest } from '../request.ts';
import { readOnly, startContainer, stopContainer, unprivileged, watchStart, writtenPaths } from './container.ts';
import { isGood, type Need, type Observation, type Start } from './observation.ts';

/** A user that no image knows, in group 0, as OpenShift gives them out. */
export const stranger = '31337:0';

/** What may have to go before a container comes up: the first of these that helps is what it needs. */
const relaxations: readonly { readonly given: readonly Need[]; readonly restrictions: readonly string[] }[] = [
  { given: ['writable root'], restrictions: unprivileged },
  { given: ['privileges'], restrictions: readOnly },
  { given: ['writable root', 'privileges'], restrictions: [] },
];

/** Runs an image locked in; where it does not come up, finds out what holds it back. */
export async function observe(session: Session, request: VerifyRequest, port: number): Promise<Observation> {
  const container = await startContainer(session, request, port, [...readOnly, ...unprivileged]);
  const start = await watchStart(session, container, request, port);
  if (isGood(start, request)) {
    if (start.kind === 'exited') return { start, good: true };
    return { start, good: true, stop: await stopContainer(session, container) };
  }
  const tries = await session.together(
    ...relaxations.map(async ({ given, restrictions }) => {
      const again = await startContainer(session, request, port, restrictions);
      return { given, again, start: await watchStart(session, again, request, port) };
    }),
  );
  const enough = tries.find((one) => isGood(one.start, request));
  if (enough === undefined) return { start, good: false };
  const lacking = (need: Need): Start =>
    tries.find(({ given }) => given.length === enough.given.length - 1 && !given.includes(need))?.start ?? start;
  const without = Object.fromEntries(enough.given.map((need) => [need, lacking(need)]));
  const written = enough.given.includes('writable root') ? await writtenPaths(session, enough.again) : [];
  const needs = { start: enough.start, without, written };
  if (enough.start.kind === 'exited') return { start, good: false, needs };
  return { start, good: false, needs, stop: await stopContainer(session, enough.again) };
}

/** Runs an image as a user that nothing in it knows. */
export async function observeStranger(session: Session, request: VerifyRequest, port: number): Promise<Observation> {
  const restrictions = [...readOnly, ...unprivileged, '--user', stranger];
  const container = await startContainer(session, request, port, restrictions);
  const start = await watchStart(session, container, request, port);
  return { start, good: isGood(start, request) };
}
