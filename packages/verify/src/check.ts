import type { Dockerfile, Finding, Project } from '@msb/core';
import type { Observation } from './container/observation.ts';
import type { Image } from './image/image.ts';
import type { VerifyRequest } from './request.ts';

/** What a check comes to: `warn` is worth a look, `fail` makes the command fail. */
export type Status = 'pass' | 'warn' | 'fail';

/** The result of one check: why, and for anything but a pass, what to do. */
export interface Outcome {
  readonly status: Status;
  readonly reason: string;
  readonly hint?: string;
}

/** Everything that is known of an image when it is judged: checks look, and touch nothing. */
export interface Evidence {
  readonly request: VerifyRequest;
  /** The build context. */
  readonly project: Project;
  readonly dockerfile: Dockerfile;
  readonly image: Image;
  /** A locked-in container, as the image's own user; absent where the engine runs no containers. */
  readonly run?: Observation;
  /** Another one, as a user that nothing in the image knows. */
  readonly stranger?: Observation;
  /** What BuildKit's own checks said; absent for builders that have none. */
  readonly warnings?: readonly Pick<Finding, 'rule' | 'line' | 'message'>[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** One row of the report. `run` is undefined where the question does not arise, such as the ports of a tool. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** Why it never fails, where that is so. */
  readonly onlyWarns?: string;
  run(evidence: Evidence): Outcome | undefined;
}

export const pass = (reason: string): Outcome => ({ status: 'pass', reason });
export const warn = (reason: string, hint: string): Outcome => ({ status: 'warn', reason, hint });
export const fail = (reason: string, hint: string): Outcome => ({ status: 'fail', reason, hint });

/** `a, b and 3 more`: enough to find them. */
export function some(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
