import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runtimeFolder } from './render/templates.ts';

const packages = join(runtimeFolder(), '../../packages');

/** The sources of a package, without its tests, by path. */
function sourcesOf(name: string): readonly (readonly [path: string, text: string])[] {
  const folder = join(packages, name, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !/\.(test|images)\.ts$|(^|\/)testing\/fake/.test(path))
    .sort()
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')]);
}

/** What a module imports when it is loaded: no types, and nothing that is imported on demand. */
const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)].map(([, name = '']) => name);

/** Comments blanked out, so that they may name whom they like. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const core = sourcesOf('core');
const inTesting = (path: string): boolean => path.startsWith('testing/');

describe('core', () => {
  test('was found', () => expect(core.length).toBeGreaterThan(30));

  test.each(core)('%s loads Node, its own files, and five small parsers', (path, text) => {
    const allowed = [
      '@rgrove/parse-xml',
      'handlebars',
      'jsonc-parser',
      'picomatch',
      'smol-toml',
      ...(inTesting(path) ? ['vitest', 'tar-stream'] : []),
    ];
    const others = importsOf(text).filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
    expect(others.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  test.each(core.filter(([path]) => !inTesting(path)))('%s loads nothing of the tests', (_, text) => {
    expect(importsOf(text).filter((name) => name.includes('testing/'))).toEqual([]);
  });

  test.each(core.filter(([path]) => path !== 'nx.ts'))('%s does not name Nx, plop or inquirer', (_, text) => {
    expect(code(text)).not.toMatch(/['"](?:@nx\/|nx\/|nx['"]|plop|@?inquirer)/);
  });

  test.each(core.filter(([path]) => !inTesting(path)))('%s names no language', (path, text) => {
    // `node_modules` and `node:fs` are no ecosystem; check/ and ignore/ guard every context against the former.
    const plain = code(text).replaceAll(/node_modules|'node:[a-z/]+'/g, '');
    expect(plain, path).not.toMatch(/\b(?:go|golang|node|nodejs|npm|yarn|pnpm|rust|cargo|python|java)\b/i);
  });
});

describe('ecosystems', () => {
  const all = readdirSync(packages).filter((name) => existsSync(join(runtimeFolder(), '..', name, 'ecosystem.json')));
  const references = (text: string): readonly string[] =>
    [...text.matchAll(/(?:from\s+|import\()'([^']+)'/g)].map(([, name = '']) => name);

  test('were found', () => expect(all.length).toBeGreaterThan(0));

  test.each(all)('@msb/%s reaches others through @msb/core alone', (name) => {
    for (const [path, text] of sourcesOf(name)) {
      const inside = (from: string): boolean => !posix.join(posix.dirname(path), from).startsWith('..');
      const foreign = references(text).filter((from) =>
        from.startsWith('.') ? !inside(from) : /^(@msb\/(?!core(\/nx|\/testing)?$)|create-msb-docker)/.test(from),
      );
      expect(foreign, path).toEqual([]);
    }
  });
});
