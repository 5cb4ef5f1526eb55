import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDockerfile } from '../check/check.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { inspect, settle } from '../inspect.ts';
import type { RuntimeFamily } from '../plan.ts';
import { ignoreFile, type Proposal, propose, targetsOf } from '../propose.ts';
import { apply, type Report, scaffold } from '../scaffold.ts';
import { DiskTree } from '../tree/disk.ts';
import { type Case, readCases } from './cases.ts';

/** `MSB_UPDATE_GOLDEN=1` writes the golden files instead of comparing them. */
const updating = process.env.MSB_UPDATE_GOLDEN === '1';

/** The proposal for a fixture on one runtime; nothing is written. */
export function proposeCase(ecosystem: Ecosystem, item: Case, runtime: RuntimeFamily): Proposal {
  const tree = new DiskTree(item.project);
  const { folder = '' } = item;
  return propose(settle(inspect({ tree, folder, ecosystems: [ecosystem], options: { ...item.options, runtime } })));
}

const textOf = (proposal: Proposal, path: string): string =>
  proposal.files.find((file) => file.path === path)?.text ?? '';

function expectGolden(path: string, text: string): void {
  if (updating) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path), `${path} is missing: run npm run golden`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

/**
 * Registers the checks that every ecosystem must pass, for each of its fixtures and runtime families: golden files,
 * the rules of `checkDockerfile`, and that a second run changes nothing. Call it in a vitest file of the ecosystem.
 */
export function conformance(ecosystem: Ecosystem): void {
  const { manifest } = ecosystem;
  describe(`${manifest.title} conforms`, () => {
    test('the manifest is complete', () => {
      expect(manifest.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(manifest.markers.length).toBeGreaterThan(0);
      expect(manifest.runtimes.length).toBeGreaterThan(0);
      for (const option of Object.values(manifest.options)) expect(option.description).not.toBe('');
    });
    for (const item of readCases(ecosystem)) {
      describe(`${item.name}: ${item.about}`, () => {
        for (const runtime of item.runtimes) describe(runtime, () => caseTests(ecosystem, item, runtime));
      });
    }
  });
}

function caseTests(ecosystem: Ecosystem, item: Case, runtime: RuntimeFamily): void {
  test('equals its golden files', () => {
    const proposal = proposeCase(ecosystem, item, runtime);
    expectGolden(join(item.expected, `${runtime}.Dockerfile`), textOf(proposal, 'Dockerfile'));
    expectGolden(
      join(item.expected, `${runtime}.dockerignore`),
      textOf(proposal, ignoreFile(proposal.inspection.project)),
    );
  });

  test('has no findings', () => {
    const proposal = proposeCase(ecosystem, item, runtime);
    const context = {
      project: proposal.inspection.project.root,
      dockerignore: textOf(proposal, ignoreFile(proposal.inspection.project)),
      needs: proposal.plan.needs,
      targets: targetsOf(proposal.plan),
    };
    expect(checkDockerfile(textOf(proposal, 'Dockerfile'), context)).toEqual([]);
  });

  test('is well-formed text', () => {
    const text = textOf(proposeCase(ecosystem, item, runtime), 'Dockerfile');
    expect(text.split('\n')[0]).toBe('# syntax=docker/dockerfile:1');
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/\r|\t| $|\n\n\n|undefined|\[object/m);
    for (const stage of parseDockerfile(text).stages) {
      expect(stage.from.comment, `stage ${stage.name} needs a comment`).not.toEqual([]);
    }
  });

  test('a second run changes nothing', () => {
    const request = { ecosystems: [ecosystem], options: { ...item.options, runtime } };
    const tree = new DiskTree(item.project);
    const { folder = '' } = item;
    scaffold({ ...request, tree, folder });
    const again: Report = scaffold({ tree, folder, ecosystems: [ecosystem] });
    expect(again.files.map((file) => file.action)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  test('the report explains where every fact comes from', () => {
    const report = apply(proposeCase(ecosystem, item, runtime));
    expect(report.facts.length).toBeGreaterThan(0);
    expect(report.facts.some((fact) => fact.place !== undefined)).toBe(true);
  });
}
