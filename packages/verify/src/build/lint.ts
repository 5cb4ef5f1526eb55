import type { Session } from '../engine/session.ts';
import type { VerifyRequest } from '../request.ts';

/** A warning of BuildKit's own checks. */
export interface Warning {
  readonly rule: string;
  readonly line: number;
  readonly message: string;
}

/** Runs BuildKit's checks. `undefined` when this builder has none, or could not run them. */
export async function lint(session: Session, request: VerifyRequest): Promise<readonly Warning[] | undefined> {
  const { lint: args } = session.engine;
  if (args === undefined) return undefined;
  const { stdout } = await session.run([...args, '--file', request.file, ...request.buildArgs, request.context]);
  return parseLint(stdout);
}

interface Printed {
  readonly warnings?:
    | readonly {
        readonly ruleName?: string;
        readonly detail?: string;
        readonly location?: { readonly ranges?: readonly { readonly start?: { readonly line?: number } }[] };
      }[]
    | null;
}

function parseLint(stdout: string): readonly Warning[] | undefined {
  try {
    const { warnings }: Printed = JSON.parse(stdout);
    return (warnings ?? []).map(({ ruleName = '', detail = '', location }) => ({
      rule: ruleName,
      line: location?.ranges?.[0]?.start?.line ?? 1,
      message: detail,
    }));
  } catch {
    return undefined;
  }
}
