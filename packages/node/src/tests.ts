import { dependsOn, type PackageJson, type Script, wholeText } from './package-json.ts';
import { unshipped } from './ship.ts';

/** How a project tests itself. */
export interface Tests {
  readonly script: Script;
  /** Patterns for what of the sources only the tests need, so that it reaches the build and ships nowhere. */
  readonly files: readonly string[];
}

/** Scripts that run tests, by the names that people give them. */
const names = ['test', 'test:ci', 'test:run', 'test:unit'];

/** What `npm init` writes, and scripts that do nothing. */
const idle = /no test specified|^(echo|exit|true|:)\b/;

/** A runner that waits for changes never ends. */
const watches = /--watch(?!\w*=false)(All)?\b/;

/** A build has no browser, and no engine of its own. */
const needsMore = /\b(cypress|playwright|wdio|nightwatch|testcafe|karma|docker|docker-compose|podman)\b/;

/** Patterns of tests, and of what runs them, among those that never ship. */
const ofTests = /test|spec|mocks|e2e|jest/;

/**
 * The script that runs the tests where nobody watches and nothing else is running, with the texts of those that it runs:
 * `"test": "npm run lint && npm run test:unit"`.
 */
export function findTests(manifest: PackageJson): Tests | undefined {
  for (const script of names.flatMap((name) => manifest.scripts.get(name) ?? [])) {
    const text = textOf(manifest, script);
    const karma = /\bng test\b/.test(text) && dependsOn(manifest, 'karma');
    if (idle.test(script.text) || watches.test(text) || needsMore.test(text) || karma) continue;
    return { script, files: unshipped.filter((pattern) => ofTests.test(pattern) || isConfiguration(pattern, text)) };
  }
  return undefined;
}

/** The configuration of a linter that the script runs: `eslint.config.*`. */
const isConfiguration = (pattern: string, text: string): boolean =>
  ['eslint', 'prettier', 'biome'].some((tool) => pattern.includes(tool) && text.includes(tool));

/** The text of a script, with those that run before and after it, and of all that these run. */
function textOf(manifest: PackageJson, script: Script): string {
  const hooks = [`pre${script.name}`, `post${script.name}`].flatMap((name) => manifest.scripts.get(name)?.text ?? []);
  return wholeText(manifest, { ...script, text: [script.text, ...hooks].join(' ; ') });
}
