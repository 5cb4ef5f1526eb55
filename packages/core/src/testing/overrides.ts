import { join } from 'node:path';
import { describe, test } from 'vitest';
import type { Ecosystem } from '../ecosystem.ts';
import type { RuntimeFamily } from '../plan.ts';
import { type Case, lookAtCases } from './cases.ts';
import { attempt, outcome, runtimeChecks, succeeded } from './kit.ts';
import { expectNone, type Problem } from './problem.ts';
import { replacementProblems } from './templates.ts';

/** What replaced templates may change, and what must hold all the same. Images may be a house's own, and so any. */
const held = [
  'keeps the rules: stages, user, start command, sources, secrets',
  'is well-formed text',
  'a second run changes nothing',
  'is the same on every host',
] as const;

/** Whether a template has to do with a family: `_runtime/alpine.base` with alpine alone, all others with each. */
const concerns =
  (family: RuntimeFamily) =>
  (name: string): boolean => {
    const [, only] = /^_runtime\/(\w+?)(\.base)?$/.exec(name) ?? [];
    return only === undefined || only === family || ['inputs', 'ship'].includes(only);
  };

function problems(ecosystem: Ecosystem, item: Case, runtime: RuntimeFamily): readonly Problem[] {
  const result = attempt(ecosystem, item, runtime);
  if (!succeeded(result)) return result;
  return held.flatMap((name) => outcome(ecosystem, (subject) => runtimeChecks[name]?.(subject) ?? [], result));
}

/** Everything that the kit finds in the templates that replace ours, with each fixture of the ecosystem. */
export function checkOverrides(ecosystem: Ecosystem): readonly Problem[] {
  const { overrides = '', borrowed } = ecosystem;
  const replaced = borrowed?.replaced ?? [];
  const files = replaced.map((name) => join(overrides, `${name}.hbs`));
  const text = outcome(ecosystem, replacementProblems, files);
  const cases = lookAtCases(ecosystem).cases.flatMap((item) =>
    item.runtimes
      .filter((runtime) => replaced.some(concerns(runtime)))
      .flatMap((runtime) => problems(ecosystem, item, runtime)),
  );
  const all = [...text, ...cases];
  return [...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** Registers the check of the templates that replace an ecosystem's, as `conformance` does for one of its own. */
export function overridesConform(ecosystem: Ecosystem): void {
  const replaced = ecosystem.borrowed?.replaced ?? [];
  describe(`${ecosystem.manifest.title} with ${replaced.join(', ')}`, () => {
    test('every fixture keeps the rules', { timeout: 120_000 }, () => expectNone(checkOverrides(ecosystem)));
  });
}
