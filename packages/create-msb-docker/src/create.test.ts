import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConflictPolicy, OptionValue, Question } from '@msb/core';
import { describe, expect, test } from 'vitest';
import type { Asker } from './ask.ts';
import { goServer, makeProject, nodeServer, runCli } from './fixture.ts';

interface Script {
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly ecosystem?: string;
  readonly conflict?: ConflictPolicy;
  readonly write?: boolean;
}

/** An asker that follows a script and remembers what it was asked. */
function scripted(script: Script): Asker & { readonly asked: string[]; readonly questions: Question[] } {
  const asked: string[] = [];
  const questions: Question[] = [];
  return {
    asked,
    questions,
    option: async (question) => {
      asked.push(question.name);
      questions.push(question);
      return script.options?.[question.name] ?? question.suggested ?? '';
    },
    ecosystem: async () => {
      asked.push('ecosystem');
      return script.ecosystem ?? 'go';
    },
    conflict: async (_file, showDiff) => {
      asked.push('conflict');
      await showDiff();
      return script.conflict ?? 'keep';
    },
    write: async (showDiff) => {
      asked.push('write');
      await showDiff();
      return script.write ?? true;
    },
  };
}

const twoMains = {
  'go.mod': 'module example.com/acme/shop\n\ngo 1.26\n',
  'cmd/api/main.go': goServer['main.go'],
  'cmd/worker/main.go': 'package main\n\nfunc main() {}\n',
};

describe('in a terminal', () => {
  test('one question when everything else was found, then the preview and consent', async () => {
    const asker = scripted({ options: { runtime: 'distroless' } });
    const folder = makeProject(goServer);
    const ran = await runCli([folder], asker);
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(asker.asked).toEqual(['runtime', 'write']);
    expect(ran.stdout).toMatch(/\+ Dockerfile\s+\d+ lines\s+toolchain → runtime-base → build → runtime/);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('gcr.io/distroless/static');
  });

  test('a flag answers its question', async () => {
    const asker = scripted({});
    await runCli([makeProject(goServer), '--runtime', 'scratch'], asker);
    expect(asker.asked).toEqual(['write']);
  });

  test('an answer opens what depends on it: the port is that of the chosen program', async () => {
    const asker = scripted({ options: { main: './cmd/api' } });
    const folder = makeProject(twoMains);
    await runCli([folder], asker);
    expect(asker.asked).toEqual(['main', 'runtime', 'write']);
    expect(asker.questions[0]?.choices.map(({ value }) => value)).toEqual(['./cmd/api', './cmd/worker']);
    const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');
    expect(dockerfile).toContain('EXPOSE 8080');
    expect(dockerfile).toContain('-o /out/api ./cmd/api');
  });

  test('nobody to ask and no suggestion: the candidates are listed', async () => {
    const ran = await runCli([makeProject(twoMains), '--yes']);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toMatch(/found \.\/cmd\/api, \.\/cmd\/worker/);
    expect(ran.stderr).toContain('--main ./cmd/api');
  });

  test('"no" writes nothing', async () => {
    const folder = makeProject(goServer);
    const ran = await runCli([folder], scripted({ write: false }));
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toBe('Nothing was written.\n');
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });

  test('a file that exists: the difference on request, and the user decides', async () => {
    const folder = makeProject({ ...goServer, Dockerfile: 'FROM golang\nCMD go run .\n' });
    const asker = scripted({ conflict: 'overwrite' });
    const ran = await runCli([folder], asker);
    expect(asker.asked).toEqual(['runtime', 'conflict', 'write']);
    expect(ran.stdout).toMatch(/^-CMD go run \.$/m);
    expect(ran.stdout).toMatch(/^\+USER 65532:65532$/m);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('USER 65532:65532');
  });

  test('two ecosystems: asks which', async () => {
    const asker = scripted({ ecosystem: 'go' });
    await runCli([makeProject({ ...goServer, ...nodeServer })], asker);
    expect(asker.asked[0]).toBe('ecosystem');
  });

  test('two of them, one of which has nothing to start: no question, and that is said', async () => {
    const asker = scripted({});
    const { stdout, stderr } = await runCli([makeProject({ ...goServer, 'package.json': '{}' })], asker);
    expect(asker.asked).not.toContain('ecosystem');
    expect(stdout + stderr).toContain('Go: package.json is there, too, but names nothing to start');
  });
});
