import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goServer, makeProject } from './fixture.ts';
import registerDockerfile, { type PlopAnswers } from './plop.ts';

interface Generator {
  readonly prompts: (prompter: object) => Promise<PlopAnswers>;
}
interface Asked {
  readonly name: string;
  readonly choices?: readonly { readonly value: string }[];
}

/** Runs the generator with these answers; resolves to the names of what was asked, and what the action said. */
async function generate(base: string, answers: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const prompter = {
    prompt: async ([question]: readonly Asked[]) => {
      const { name = '', choices } = question ?? {};
      asked.push(name);
      return { [name]: answers[name] ?? choices?.[0]?.value ?? '.' };
    },
  };
  let generator: Generator | undefined;
  let act: ((answers: PlopAnswers) => Promise<string> | string) | undefined;
  registerDockerfile({
    getDestBasePath: () => base,
    setGenerator: (_, config) => {
      generator = config as Generator;
    },
    setActionType: (_, action) => {
      act = action;
    },
  });
  const given = await generator?.prompts(prompter);
  return { asked, said: await act?.(given ?? {}) };
}

test('asks for the folder, and what is open', async () => {
  const base = makeProject({ 'api/go.mod': goServer['go.mod'], 'api/main.go': goServer['main.go'] });
  const { asked, said } = await generate(base, { folder: 'api', runtime: 'scratch' });
  expect(asked).toEqual(['folder', 'runtime']);
  expect(said).toBe('create Dockerfile, create .dockerignore, create .msb.json');
  expect(readFileSync(join(base, 'api/Dockerfile'), 'utf8')).toContain('FROM scratch AS runtime');
});

test('asks which of two projects, and again only where that is not recorded', async () => {
  const base = makeProject({ ...goServer, 'package.json': '{}' });
  expect((await generate(base, {})).asked).toEqual(['folder', 'ecosystem', 'runtime']);
  expect((await generate(base, {})).asked).toEqual(['folder']);
});

test('asks what to do with a file that is in the way', async () => {
  const base = makeProject({ ...goServer, Dockerfile: 'FROM scratch\n' });
  const kept = await generate(base, {});
  expect(kept.asked).toEqual(['folder', 'runtime', 'onConflict']);
  expect(kept.said).toBe('keep Dockerfile, create .dockerignore, create .msb.json');
  expect((await generate(base, { onConflict: 'overwrite' })).said).toMatch(/^overwrite Dockerfile/);
});

test('an error has its place and its hint in the one line that plop prints', async () => {
  const base = makeProject({ 'package.json': '{ bad' });
  await expect(generate(base, {})).rejects.toThrow(
    'package.json is not valid JSON: invalid symbol (package.json:1). Mend line 1 of package.json.',
  );
});
