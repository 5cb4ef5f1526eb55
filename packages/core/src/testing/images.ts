import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placesInImage } from '../account/prove.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { families } from '../families.ts';
import { inspect } from '../inspect.ts';
import type { RuntimeFamily } from '../plan.ts';
import { scaffold } from '../scaffold.ts';
import { DiskTree } from '../tree/disk.ts';
import { advice, advised, explained } from './advice.ts';
import { expectAnswers } from './answers.ts';
import { proposeCase } from './attempt.ts';
import { type Case, readCases, slowAsked } from './cases.ts';
import { answer, type Container, finish, remove, start, state, stop } from './container.ts';
import { expectOnlyArtifacts, type ImageTraits } from './content.ts';
import { build, docker, hasDocker, imageConfig, imageFiles } from './docker.ts';
import { codeOf, fileOf } from './problem.ts';

/**
 * Registers the tests that build and run every fixture on every runtime family. Without an engine they are skipped,
 * as are slow ones that nobody asked for, and vitest's summary says so. `part` is every which one to register, `[1, 2]` the
 * first of two: test files run next to each other, so an ecosystem of many fixtures has several.
 */
export async function imageTests(
  ecosystem: Ecosystem,
  traits: ImageTraits,
  [part, parts]: readonly [part: number, parts: number] = [1, 1],
): Promise<void> {
  const available = await hasDocker();
  if (!available) console.warn(`No Docker engine answers: the image tests of ${ecosystem.manifest.title} are skipped.`);
  for (const item of readCases(ecosystem).filter((_, index) => index % parts === part - 1)) {
    const left = item.slow !== undefined && !slowAsked();
    for (const runtime of item.runtimes) {
      describe.skipIf(!available || left)(`${ecosystem.manifest.id} ${item.name} on ${runtime}`, () =>
        oneImage(ecosystem, traits, item, runtime),
      );
    }
  }
}

function oneImage(ecosystem: Ecosystem, traits: ImageTraits, item: Case, runtime: RuntimeFamily): void {
  const tag = `msb-test/${ecosystem.manifest.id}-${item.name}-${runtime}:${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'msb-image-'));
  const dockerfile = join(folder, item.folder ?? '', 'Dockerfile');
  const verbose = join(folder, item.folder ?? '', 'Dockerfile.verbose');
  const { uid } = families[runtime];
  const plan = codeOf(ecosystem, 'plan');
  const caseFile = fileOf(ecosystem, 'fixtures', item.name, 'case.json');
  let port = 0;
  let cold = '';
  let reads: readonly string[] = [];
  let keeps: readonly string[] = [];

  beforeAll(async () => {
    cpSync(item.project, folder, { recursive: true });
    const tree = new DiskTree(folder);
    const where = item.folder === undefined ? {} : { folder: item.folder };
    const report = scaffold({ tree, ...where, ecosystems: [ecosystem], options: { ...item.options, runtime } });
    tree.flush();
    port = Number(report.options.port ?? 0);
    const { project } = inspect({ tree, ...where, ecosystems: [ecosystem], options: { ...item.options, runtime } });
    reads = placesInImage(report.account, project);
    keeps = [
      ...new Set(report.account.writes.flatMap(({ keep, target }) => (target === undefined ? (keep ?? []) : []))),
    ].sort();
    const text = readFileSync(dockerfile, 'utf8');
    writeFileSync(verbose, traits.verbose?.(text) ?? text);
    const ignore = `${dockerfile}.dockerignore`; // goes by the name of the Dockerfile
    if (existsSync(ignore)) cpSync(ignore, `${verbose}.dockerignore`);
    cold = await build(folder, tag, '--file', verbose).catch((error: unknown) => {
      throw explained(error, proposeCase(ecosystem, item, runtime));
    });
  }, 900_000);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await docker('image', 'rm', '--force', tag).catch(() => undefined);
  });

  test('docker build --check has no warning', async () => {
    await advised(plan, 'check', async () => {
      expect(await docker('build', '--check', '--file', dockerfile, folder)).toMatch(/no warnings found/i);
    });
  });

  test('it does its job, locked in, and stops on SIGTERM', { timeout: 120_000 }, async () => {
    await advised(caseFile, 'job', async () => {
      const container = await start(tag, item.run);
      try {
        const { http, output } = item.run;
        if (output !== undefined) {
          const result = await finish(container);
          expect(result.output).toContain(output);
          expect(result.exitCode).toBe(0);
          return;
        }
        const page = await answer(container, port, http?.path ?? '/');
        expect(page).toContain(http?.body);
        await expectAnswers(container, port, page, item.run.answers ?? []);
        await advised(plan, 'stops', () => expectToStop(container));
      } finally {
        await remove(container);
      }
    });
  });

  test('it runs as a number, in exec form, and says what it is', async () => {
    await advised(plan, 'config', async () => {
      const config = await imageConfig(tag);
      expect(config.User).toBe(`${uid}:${uid}`);
      expect(config.Entrypoint?.[0]).toMatch(/^\//);
      expect(config.Labels?.['org.opencontainers.image.title'], 'the label of the title').toBeTruthy();
    });
  });

  test('it has every file that the program reads, and a volume for each that it writes', async () => {
    const files = new Set((await imageFiles(tag)).map(({ path }) => `/${path}`));
    const isThere = (path: string): boolean =>
      files.has(path) || [...files].some((file) => file.startsWith(`${path}/`));
    expect(reads.filter((path) => !isThere(path))).toEqual([]);
    const { Volumes } = await imageConfig(tag);
    expect(Object.keys(Volumes ?? {}).sort()).toEqual(keeps);
  });

  test('it adds nothing to its base but the artifacts', { timeout: 60_000 }, async () => {
    await expectOnlyArtifacts({ ecosystem, traits, item, runtime, tag, folder, dockerfile });
  });

  const { unrelated } = item;
  if (unrelated !== undefined) {
    test('a change elsewhere in the repository builds nothing again', { timeout: 60_000 }, async () => {
      const idOf = async (): Promise<string> => (await docker('image', 'inspect', '--format', '{{.Id}}', tag)).trim();
      const before = await idOf();
      appendFileSync(join(folder, unrelated), '\n');
      const log = await build(folder, tag, '--file', verbose);
      expect(log, advice(ecosystem, 'warm')).not.toMatch(traits.dependencyWork);
      expect(await idOf(), advice(ecosystem, 'unrelated')).toBe(before);
    });
  }

  if (traits.dependencyWork.source === neverMatches) {
    test('the build log is looked at for dependencies', (context) =>
      context.skip('dependencyWork of the image tests says nothing yet'));
  }

  test('a one-line change builds again without touching a dependency', { timeout: 300_000 }, async () => {
    const { file, find, replace } = item.edit;
    const source = readFileSync(join(folder, file), 'utf8');
    expect(source).toContain(find);
    const changed = async (text: string): Promise<string> => {
      writeFileSync(join(folder, file), source.replace(find, text));
      return build(folder, tag, '--file', verbose);
    };
    let log = await changed(replace);
    // An engine short of room drops a cache mount and keeps the layer it filled. A first build that was all layers left
    // nothing in the mounts to go by, so then it is the second change that counts.
    const { dependencyWork } = traits;
    if (!dependencyWork.test(cold) && dependencyWork.test(log)) log = await changed(`${replace} again`);
    expect(log, advice(ecosystem, 'warm')).not.toMatch(dependencyWork);
    await advised(caseFile, 'job', async () => {
      const container = await start(tag, item.run);
      try {
        const { http } = item.run;
        const said = http ? await answer(container, port, http.path) : (await finish(container)).output;
        expect(said).toContain(replace);
      } finally {
        await remove(container);
      }
    });
  });
}

/** The pattern of a new ecosystem, which says nothing yet of what its tools print. */
const neverMatches = '(?!)';

/** SIGTERM ends it within 5 s, and nothing had to kill it. */
async function expectToStop(container: Container): Promise<void> {
  const { exitCode, ms } = await stop(container);
  expect(exitCode, 'SIGTERM did not end it').not.toBe(137);
  expect(ms, 'SIGTERM took too long to end it').toBeLessThan(5000);
  expect(await state(container, '.State.OOMKilled')).toBe('false');
}
