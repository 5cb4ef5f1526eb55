import { expect, test } from 'vitest';
import { composeDockerfile } from './compose.ts';
import { exposedPort, findPort } from './ports.ts';
import { Project } from './project/project.ts';
import { fakePlan, fakeTemplates, temporaryFolder } from './testing/fake.ts';
import { MemoryTree } from './tree/memory.ts';

const projectOf = (files: Readonly<Record<string, string>>): Project => new Project(new MemoryTree(files));

test('the surest pattern first, then the nearest file', () => {
  const project = projectOf({ a: 'maybe 1', b: '\nsure 2', c: 'sure 3' });
  expect(findPort(project, ['a', 'b', 'c'], [/sure (\d+)/, /maybe (\d+)/])).toEqual({ port: 2, file: 'b', line: 2 });
  expect(findPort(project, ['a'], [/sure (\d+)/])).toBeUndefined();
});

test.each(['0', '65536', '99999', ''])('%j is no port', (text) => {
  expect(findPort(projectOf({ a: `port ${text}` }), ['a'], [/port (\d*)/])).toBeUndefined();
});

test.each([
  ['EXPOSE 3000', 3000],
  ['  expose 3000/tcp 4000', 3000],
  ['FROM x\r\nEXPOSE 80\r\n', 80],
  ['EXPOSE 53/udp', undefined],
  ['EXPOSE $PORT', undefined],
  ['# EXPOSE 80', undefined],
])("somebody's Dockerfile: %j", (text, port) => {
  expect(exposedPort(projectOf({ Dockerfile: text }))?.port).toBe(port);
});

test('our own Dockerfile is no evidence', () => {
  const plan = fakePlan({ runtime: 'alpine', name: 'app', main: 'main', port: 81 });
  const text = composeDockerfile(plan, { fake: temporaryFolder(fakeTemplates) });
  expect(text).toContain('EXPOSE 81');
  expect(exposedPort(projectOf({ Dockerfile: text }))).toBeUndefined();
});
