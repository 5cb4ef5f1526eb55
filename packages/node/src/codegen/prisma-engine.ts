import type { Detection, Place } from '@msb/core';
import { dependsOn } from '../package-json.ts';
import type { Home } from '../workspaces/home.ts';
import { prismaMajor, prismaSchema } from './prisma-schema.ts';

/**
 * The schema whose client runs its queries in a library with machine code: Prisma's default until version 6. That library
 * is linked to the system's OpenSSL, and both `prisma generate` and the running client ask a shell which one there is;
 * where nothing answers, they take OpenSSL 1.1 for granted, which no current base has
 * (https://github.com/prisma/prisma/issues/19729).
 */
export function prismaEngine({ built, target }: Home): Place | undefined {
  for (const { project, manifest, folder } of built) {
    const schema = dependsOn(manifest, '@prisma/client') ? prismaSchema(project, manifest) : undefined;
    if (schema === undefined || schema.rustFree || prismaMajor(manifest) > 6) continue;
    const { up } = target.project;
    const above = folder === target.folder || up === '' ? '' : `${up}/${folder === '' ? '' : `${folder}/`}`;
    return { ...schema.place, file: `${above}${schema.place.file}` };
  }
  return undefined;
}

/** Why a program with such a client needs a base with a shell. */
export const prismaRuntimes = (place: Place | undefined): Detection['runtimes'] =>
  place && {
    families: ['slim', 'alpine'],
    reason: {
      message:
        "Prisma's query engine asks a shell which OpenSSL there is, which distroless can't tell: it ships on slim",
      hint: 'Prisma 7, or engineType = "client" with a driver adapter, has no such engine and ships on distroless.',
      place,
    },
  };
