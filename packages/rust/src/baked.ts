import type { Note } from '@msb/core';
import type { Named } from './account/named.ts';
import { fixedPart } from './account/reads.ts';
import { type Code, searchCode } from './code.ts';

/** What the compiler takes in itself, so that the program needs no folder for it. */
const compiledIn = /\binclude(?:_str|_bytes|_dir)?!\s*\(\s*concat!\(\s*env!\(\s*"CARGO_MANIFEST_DIR"\s*\)/g;

/**
 * Where a program has the folder of its package compiled in, for files that nothing tells of: Cargo's variable is the
 * path in the build (https://doc.rust-lang.org/cargo/reference/environment-variables.html#environment-variables-cargo-sets-for-crates).
 */
export function bakedNotes(code: readonly Code[], named: readonly Named[]): readonly Note[] {
  const told = new Set(
    named.flatMap(({ base, text, place }) => (base === 'package' && fixedPart(text) ? place.file : [])),
  );
  const open = code
    .filter(({ file }) => !told.has(file))
    .map(({ file, text }) => ({ file, text: text.replace(compiledIn, '') }));
  const hit = searchCode(open, [/\benv!\(\s*"CARGO_MANIFEST_DIR"\s*\)/]);
  if (hit === undefined) return [];
  return [
    {
      message: 'The folder that the program is compiled in becomes part of it here, and the image has no such folder',
      hint: 'Compile files in with include_str!, or read them from the working folder and name them: --include data.',
      place: hit.place,
    },
  ];
}
