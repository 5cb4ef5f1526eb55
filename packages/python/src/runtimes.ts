import type { Detection, Note, RuntimeFamily } from '@msb/core';
import type { Start } from './start/start.ts';
import { distrolessMinor, type PythonVersion } from './version/choose.ts';

/** Where it can't ship on distroless, and why. */
export function runtimes(
  version: PythonVersion,
  libraries: readonly string[],
  { shell }: Start,
): Pick<Detection, 'runtimes'> {
  const only = distrolessMinor();
  const slim: readonly RuntimeFamily[] = ['slim'];
  const no = (message: string, hint: string, place: Note['place']): Pick<Detection, 'runtimes'> => ({
    runtimes: { families: slim, reason: { message, hint, ...(place && { place }) } },
  });
  if (shell)
    return no(
      `${JSON.stringify(shell.what)} needs a shell, which distroless has none of`,
      'Start the program itself.',
      shell.place,
    );
  if (libraries.length > 0) {
    return no(
      `${libraries.join(', ')} can't be installed on distroless, which has no package manager`,
      'Ship on slim.',
      undefined,
    );
  }
  if (!version.distroless) {
    return no(
      `distroless has Python ${only}, and the project asks for ${version.minor}: an environment works with the Python that made it only`,
      `Let it run on ${only} (requires-python, .python-version) to ship on distroless.`,
      version.place,
    );
  }
  return {};
}
