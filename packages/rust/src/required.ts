import { MsbError } from '@msb/core';
import { matchesIn } from './code.ts';
import type { Enabled } from './enabled.ts';
import type { Program } from './programs.ts';

/** `#[cfg(not(any(feature = "a", feature = "b")))] compile_error!(…)`, also with a single feature. */
const needsOne =
  /#\[cfg\(\s*not\(\s*(?:any\(\s*)?((?:feature\s*=\s*"[^"]+"[\s,]*)+)\)\s*\)?\s*\)\]\s*compile_error!\s*[({[]/;

/** The command that a message itself advises. */
const ownAdvice = /^[^;]{0,400}?--features[ =]([\w,-]+)/;

/** Throws `bad-option` where a program says itself that it can't be compiled without one of some features. */
export function refuseMissingFeature(programs: readonly Program[], enabled: Enabled): void {
  for (const { owner, sources } of programs) {
    for (const { match, place } of matchesIn([...sources.own, ...sources.shared], needsOne)) {
      const names = [...(match[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
      if (names.some((name) => enabled.has(owner, name))) continue;
      const [first] = names;
      const advised = ownAdvice.exec(match.input.slice(match.index))?.[1] ?? first;
      throw new MsbError(
        'bad-option',
        names.length > 1
          ? `${owner.name} can't be compiled without one of the features ${names.join(', ')}`
          : `${owner.name} can't be compiled without the feature ${first}`,
        `Name what it shall have: --features ${advised}`,
        place,
      );
    }
  }
}
