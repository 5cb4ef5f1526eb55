import { expect, test } from 'vitest';
import { advice, advised, explained } from './advice.ts';
import { proposeCase } from './attempt.ts';
import { readCases } from './cases.ts';
import { toy } from './fake-toy.ts';

const log = `docker build failed:
#9 [build 3/3] RUN toy make main.toy
#9 0.212 main.toy:1: no such toy
#9 ERROR: process "/bin/sh -c toy make main.toy" did not complete successfully: exit code: 1
Dockerfile.verbose:22
--------------------
  20 |     WORKDIR /src
  21 |     COPY . .
  22 | >>> RUN toy make main.toy \\
`;

test('a failed build names the line of the template, and what was said', () => {
  const ecosystem = toy();
  const [item] = readCases(ecosystem);
  if (item === undefined) throw new Error('no case');
  const { message } = explained(new Error(log), proposeCase(ecosystem, item, 'alpine'));
  expect(message).toMatch(
    /toy\/build\.hbs:6\n {2}The build stops here.*\n {4}main\.toy:1: no such toy\n {2}→ Mend the/,
  );
  expect(explained(new Error('no engine'), proposeCase(ecosystem, item, 'alpine')).message).toBe('no engine');
});

test('a failed expectation begins with the file and the mend', () => {
  expect(advice(toy(), 'tools')).toMatch(/toy\/index\.js\n {2}→ Build in an earlier stage/);
});

test('what fails in a container is told with the file and the mend, once', async () => {
  const fails = advised('toy/case.json', 'job', async () => {
    await advised('toy/plan.ts', 'stops', async () => expect(137, 'SIGTERM did not end it').not.toBe(137));
  });
  await expect(fails).rejects.toThrow(
    /^toy\/plan\.ts\n {2}SIGTERM did not end it: expected 137[^\n]*\n {2}→ Start the program itself[^→]*$/,
  );
  await expect(
    advised('toy/case.json', 'job', () => Promise.reject(new Error('no answer; the container said:\nx'))),
  ).rejects.toThrow(/^toy\/case\.json\n {2}no answer; the container said:\n {4}x\n {2}→ The start command/);
});
