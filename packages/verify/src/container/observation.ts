/** How a container came up. Times in milliseconds. */
export type Start =
  | {
      readonly kind: 'answers';
      readonly port: number;
      readonly path: string;
      readonly status: number;
      readonly ms: number;
    }
  /** The port takes connections, but does not speak HTTP. */
  | { readonly kind: 'listens'; readonly port: number; readonly ms: number }
  /** It serves nothing, and is still there after a while. */
  | { readonly kind: 'stays'; readonly ms: number }
  | { readonly kind: 'exited'; readonly code: number; readonly ms: number; readonly log: readonly string[] }
  /** It runs, and nothing answers in time. */
  | { readonly kind: 'silent'; readonly port: number; readonly ms: number; readonly log: readonly string[] }
  /** A command that does not end in time. */
  | { readonly kind: 'hangs'; readonly ms: number; readonly log: readonly string[] };

/** How a container went down when it was asked to. */
export interface Stop {
  readonly code: number;
  readonly ms: number;
  /** It had to be killed. */
  readonly killed: boolean;
}

/** What was seen of one container, and of another with fewer restrictions where the first did not come up. */
export interface Observation {
  readonly start: Start;
  readonly good: boolean;
  readonly stop?: Stop;
  /** The restrictions that have to go before it comes up, and what it does then. */
  readonly needs?: Needs;
}

/** What a container that is locked in may lack. */
export type Need = 'writable root' | 'privileges';

/** The needs of a container that does not come up when it is locked in. */
export interface Needs {
  /** What it does when all of them are met. */
  readonly start: Start;
  /** What it does when this one is not met, and the others are; only what it needs is in here. */
  readonly without: Readonly<Partial<Record<Need, Start>>>;
  /** What it wrote outside of /tmp. */
  readonly written: readonly string[];
}

/** Whether a container came up as it should. A server may well say 404; saying 500 to everything is no start. */
export function isGood(start: Start, asked: { readonly path?: string; readonly command?: readonly string[] }): boolean {
  switch (start.kind) {
    case 'answers':
      return start.status < (asked.path === undefined ? 500 : 400);
    case 'listens':
      return asked.path === undefined;
    case 'stays':
      return asked.command === undefined;
    case 'exited':
      return start.code === 0;
    default:
      return false;
  }
}
