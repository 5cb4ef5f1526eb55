import { describe, type TestContext, test } from 'vitest';
import type { Ecosystem } from '../ecosystem.ts';
import type { RuntimeFamily } from '../plan.ts';
import { type Case, lookAtCases } from './cases.ts';
import { attempt, caseChecks, ecosystemChecks, firstRuntimeChecks, outcome, runtimeChecks, succeeded } from './kit.ts';
import { expectNone } from './problem.ts';

/**
 * Registers the checks that every ecosystem must pass, for each of its fixtures and runtime families. Each failure names
 * the file to edit, and how. Call it in a vitest file of the ecosystem.
 */
export function conformance(ecosystem: Ecosystem): void {
  const { title } = ecosystem.manifest;
  const { cases } = lookAtCases(ecosystem);
  describe(`${title} conforms`, () => {
    for (const [name, check] of Object.entries(ecosystemChecks)) {
      test(name, () => expectNone(outcome(ecosystem, check, ecosystem)));
    }
    for (const item of cases) describe(`${item.name}: ${item.about}`, () => caseTests(ecosystem, item));
  });
}

function caseTests(ecosystem: Ecosystem, item: Case): void {
  for (const [name, check] of Object.entries(caseChecks)) {
    test(name, () => expectNone(outcome(ecosystem, check, ecosystem, item)));
  }
  for (const [index, runtime] of item.runtimes.entries()) {
    describe(runtime, () => runtimeTests(ecosystem, item, runtime, index === 0));
  }
}

/** Of one check, in ms: hostile values are hundreds of runs, on a computer that may have other work. */
const timeout = 60_000;

function runtimeTests(ecosystem: Ecosystem, item: Case, runtime: RuntimeFamily, first: boolean): void {
  let known: ReturnType<typeof attempt> | undefined;
  const result = (): ReturnType<typeof attempt> => {
    known ??= attempt(ecosystem, item, runtime);
    return known;
  };
  test('can be planned and rendered', () => {
    const found = result();
    if (!succeeded(found)) expectNone(found);
  });
  for (const [name, check] of Object.entries({ ...runtimeChecks, ...(first && firstRuntimeChecks) })) {
    test(name, { timeout }, (context: TestContext) => {
      const found = result();
      if (!succeeded(found)) context.skip('there is nothing to look at');
      else expectNone(outcome(ecosystem, check, found));
    });
  }
}
