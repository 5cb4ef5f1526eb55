import { defaultImage, nameWord, oneLine, type RuntimeFamily, type RuntimePlan } from '@msb/core';
import { workdir } from './account/reads.ts';
import type { Libc } from './libc.ts';
import type { Package } from './package.ts';
import type { Program } from './programs.ts';

const bases: Readonly<Record<Libc, Readonly<Partial<Record<RuntimeFamily, () => string>>>>> = {
  musl: {
    alpine: () => defaultImage('alpine', 'runtime'),
    distroless: () => defaultImage('distroless-static', 'runtime'),
  },
  gnu: { distroless: () => defaultImage('distroless-cc', 'runtime') },
};

/** Where a program that is not static looks for libraries first; the stage `build` links it so. */
const libraries = { stage: 'build', src: '/out/lib', dest: '/usr/local/lib' };

/** How the image of a program is made; `target` is its stage, where there are several. */
export interface ImageSettings {
  readonly family: RuntimeFamily;
  readonly libc: Libc;
  readonly name: string;
  readonly port: number;
  readonly target?: string;
}

/** The image of one program. Throws `unsafe-value`. */
export function runtimeOf({ binary, owner, service, account }: Program, settings: ImageSettings): RuntimePlan {
  const { family, libc, name, port, target } = settings;
  const image = bases[libc][family]?.();
  const file = nameWord(binary.name, 'The name of the binary');
  const program = `/usr/local/bin/${file}`;
  const env = port > 0 ? service.framework?.env?.(port) : undefined;
  return {
    ...(target !== undefined && { target }),
    family,
    ...(image && { image }),
    artifacts: [{ stage: 'build', src: `/out/${file}`, dest: program }, ...(libc === 'gnu' ? [libraries] : [])],
    ...(account.reads.some(({ at }) => at.startsWith(`${workdir}/`)) && { workdir }),
    labels: labels(owner, name),
    entrypoint: [program],
    ...(env && { env }),
    ...(port > 0 && { port }),
  };
}

function labels(owner: Package, name: string): Readonly<Record<string, string>> {
  const text = (key: string, value: string | undefined) => {
    const line = oneLine(value ?? '');
    return line === '' ? {} : { [`org.opencontainers.image.${key}`]: line };
  };
  return {
    ...text('title', name),
    ...text('description', owner.description),
    ...text('licenses', owner.license?.replaceAll('/', ' OR ')),
    ...text('source', owner.repository),
  };
}
