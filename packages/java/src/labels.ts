import { oneLine } from '@msb/core';
import type { Module } from './build.ts';

/** Labels of the image (https://github.com/opencontainers/image-spec/blob/main/annotations.md). */
export function labelsOf({ description, url, license }: Module, name: string): Readonly<Record<string, string>> {
  const entries = { title: name, description, source: url, licenses: license };
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) => {
      const line = oneLine(value ?? '');
      return line === '' ? [] : [[`org.opencontainers.image.${key}`, line] as const];
    }),
  );
}
