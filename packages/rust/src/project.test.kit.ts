import type { Fact } from '@msb/core';
import { errorOf as errorText, type Files, inMemory } from '@msb/core/testing';
import { rust } from './index.ts';

export { type Files, projectOf } from '@msb/core/testing';

/** A package with a `main`, and what else a test needs. */
export const program = (manifest = '', files: Files = {}): Files => ({
  'Cargo.toml': `[package]\nname = "app"\nedition = "2024"\n${manifest}`,
  'Cargo.lock': 'version = 4\n',
  'src/main.rs': 'fn main() {}\n',
  ...files,
});

export const { detectIn, proposeIn, dockerfileOf } = inMemory(rust, { runtime: 'scratch' });

/** A fact's value, and where it was found. */
export const factOf = (files: Files, name: string): Omit<Fact, 'name'> | undefined => {
  const fact = detectIn(files).facts.find((one) => one.name === name);
  return fact && { value: fact.value, ...(fact.place && { place: fact.place }) };
};

/** The error that a call throws, as `code at file:line`. */
export const errorOf = (run: () => unknown): string => errorText(run).replace(/: [\s\S]*/, '');
