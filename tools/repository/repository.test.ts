import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { helpers } from '../../packages/core/src/render/helpers.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const json = (name: string) => JSON.parse(readFileSync(path(name), 'utf8'));

interface LockEntry {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('the lockfile', () => {
  // npm drops an optional dependency that the registry lacks without a word; the other platforms then miss a binary.
  test('has every platform’s binary of every package', () => {
    const entries: Readonly<Record<string, LockEntry>> = json('package-lock.json').packages;
    const missing = Object.entries(entries).flatMap(([owner, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !entries[`${owner}/node_modules/${name}`] && !entries[`node_modules/${name}`])
        .map((name) => `${owner}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('links the commands where the packages have them', () => {
    const { bin } = json('packages/create-msb-docker/package.json');
    const locked = json('package-lock.json').packages['packages/create-msb-docker'].bin;
    expect(locked['create-msb-docker']).toBe(bin['create-msb-docker'].replace('./', ''));
  });

  test('names no host', () => {
    expect(readFileSync(path('package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:/);
  });
});

describe('the packages', () => {
  const names = readdirSync(path('packages'));
  test('have one version, and depend on each other by exactly that', () => {
    const manifests = names.map((name) => json(`packages/${name}/package.json`));
    expect(new Set(manifests.map(({ version }) => version)).size).toBe(1);
    for (const { dependencies = {}, devDependencies = {}, version } of manifests) {
      for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
        if (name.startsWith('@msb/')) expect(range).toBe(version);
      }
    }
  });

  test('create-msb-docker has no dependency: npx fetches one package', () => {
    expect(json('packages/create-msb-docker/package.json').dependencies).toBeUndefined();
  });
});

describe('templates/README.md', () => {
  const page = readFileSync(path('templates/README.md'), 'utf8');

  test('has an example of every helper', () => {
    for (const name of Object.keys(helpers)) expect(page).toContain(`{{${name} `);
  });

  test('describes every call, and every key of a plan', () => {
    const methods = Object.getOwnPropertyNames(Project.prototype).filter((name) => name !== 'constructor');
    for (const name of methods) expect(page).toMatch(new RegExp(`\`project\\.${name}[(\`]`));
    expect(page.match(/^\| \*{0,2}`[^|]*\|\s*\|$/gm) ?? []).toEqual([]);
    expect(page).not.toMatch(/<!-- (\S+): made by npm run sync -->\n<!-- \/\1 -->/);
  });
});
