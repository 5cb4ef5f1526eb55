import type { Detection, Note } from '@msb/core';
import { loaders } from './crates.ts';
import type { NativeUse } from './native.ts';
import type { Package } from './package.ts';

/** The C library that a program is linked with: musl into it, or glibc of its image. */
export type Libc = 'musl' | 'gnu';

/** Which one, and why a program can't be static. */
export interface LibcChoice {
  readonly libc: Libc;
  readonly reason: Note | undefined;
}

/** musl, unless `--libc` or what the packages of a program use speaks against it. */
export function chooseLibc(
  wanted: string | undefined,
  uses: readonly NativeUse[],
  packages: readonly Package[],
): LibcChoice {
  if (wanted === 'musl') return { libc: 'musl', reason: undefined };
  const reason = sharedReason(uses) ?? loaderReason(packages) ?? (wanted === 'gnu' ? chosen : undefined);
  return { libc: reason === undefined ? 'musl' : 'gnu', reason };
}

const hint = 'It ships on distroless, which has glibc. Where no feature takes that in, --libc musl makes it static.';

const chosen: Note = {
  message: 'A program that is linked with glibc ships on distroless',
  hint: 'Leave --libc gnu out for a static one, which ships on anything.',
};

function sharedReason(uses: readonly NativeUse[]): Note | undefined {
  const [use] = uses.filter(({ shared }) => shared !== undefined);
  return use && { message: `The program can't be static: ${use.name} ${use.shared}`, hint, place: use.place };
}

function loaderReason(packages: readonly Package[]): Note | undefined {
  for (const { cargo, dependencies } of packages) {
    const loader = dependencies.find((name) => loaders.includes(name));
    if (loader === undefined) continue;
    const message = `The program can't be static: ${loader} loads libraries when it runs, which needs a dynamic linker`;
    return { message, hint, place: cargo.place('dependencies', loader) };
  }
  return undefined;
}

/** What is left to ship on. */
export const runtimesOf = ({ reason }: LibcChoice): Pick<Detection, 'runtimes'> =>
  reason === undefined ? {} : { runtimes: { families: ['distroless'], reason } };
