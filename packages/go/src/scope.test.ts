import { MemoryTree, Project, scaffold } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { go } from './index.ts';
import { readModFile } from './modfile.ts';
import { contextOf, scopeOf } from './scope.ts';

const app = (lines = '') => ({
  'services/api/go.mod': `module example.com/api\n\ngo 1.26\n${lines}\n`,
  'services/api/cmd/api/main.go': 'package main\n\nimport "example.com/lib"\n\nfunc main() {\n\tlib.Run()\n}\n',
  'libs/lib/go.mod': 'module example.com/lib\n\nrequire example.com/far v1.0.0\n',
  'libs/lib/go.sum': 'x',
  'libs/lib/lib.go': 'package lib\n\nfunc Run() {\n\thttp.ListenAndServe(":8123", nil)\n}\n',
});
const replaced = 'require example.com/lib v0.0.0\nreplace example.com/lib => ../../libs/lib';
const work = { 'go.work': 'go 1.27\n\nuse (\n\t./services/api\n\t./libs/lib\n)\n' };

const at = (files: Readonly<Record<string, string>>, folder = 'services/api') =>
  new Project(new MemoryTree(files), folder);

describe('contextOf', () => {
  test.each([
    ['alone', app(), 'services/api'],
    ['replaced by a folder elsewhere', app(replaced), ''],
    ['in a workspace that it needs', { ...app(), ...work }, ''],
    [
      'in a workspace that it does not need',
      { ...app(), ...work, 'services/api/cmd/api/main.go': 'package main\n' },
      'services/api',
    ],
  ])('%s', (_, files, context) => expect(contextOf(at(files))).toBe(context));

  test('is no larger than the modules together', () => {
    const files = { 'a/x/go.mod': 'module x\nreplace y => ../y\n', 'a/y/go.mod': 'module y\n' };
    expect(contextOf(at(files, 'a/x'))).toBe('a');
  });

  test('is the folder where there is no module', () => {
    expect(contextOf(at({ 'go.work': 'go 1.26\n' }, ''))).toBe('');
  });
});

describe('scopeOf', () => {
  const scope = (files: Readonly<Record<string, string>>) => scopeOf(at(files), readModFile(at(files)));

  test('takes the manifests and downloads of all modules of the workspace', () => {
    const { manifests, downloads, modules } = scope({ ...app(), ...work });
    expect(manifests).toEqual(['../../go.work', 'go.mod', '../../libs/lib/go.mod', '../../libs/lib/go.sum']);
    expect(downloads.map(({ value }) => value)).toEqual(['example.com/far']);
    expect([...modules]).toEqual([
      ['example.com/api', ''],
      ['example.com/lib', '../../libs/lib'],
    ]);
  });

  test('keeps out a go.work that would be found', () => {
    const files = { ...app(replaced), ...work };
    const project = new Project(new MemoryTree(files), 'services/api', '');
    expect(scopeOf(project, readModFile(project)).ignore).toEqual(['go.work', 'go.work.sum']);
  });

  test.each(['/srv/lib', '../../../lib'])('refuses %s', (path) => {
    expect(() => scope(app(`replace example.com/lib => ${path}`))).toThrow(
      expect.objectContaining({ code: 'unsupported', place: { file: 'go.mod', line: 4 } }),
    );
  });

  test('names a folder that is not there', () => {
    expect(() => scope(app('replace example.com/lib => ../gone'))).toThrow(
      expect.objectContaining({ code: 'broken-file', place: { file: 'go.mod', line: 4 } }),
    );
  });
});

describe('a build from above', () => {
  const dockerfile = (files: Readonly<Record<string, string>>, member?: string) => {
    const tree = new MemoryTree(files);
    const report = scaffold({ tree, ecosystems: [go], ...(member ? { member } : { folder: 'services/api' }) });
    return { text: tree.read('services/api/Dockerfile', 'utf8') ?? '', report };
  };

  test('goes into the folder of the module', () => {
    const { text, report } = dockerfile(app(replaced));
    expect(text).toContain('go build -C services/api -trimpath');
    expect(text).toContain('-o /out/api ./cmd/api\n');
    expect(report.options.port).toBe(8123);
  });

  test('mounts the workspace, and builds with its Go', () => {
    const { text } = dockerfile({ ...app(), ...work }, 'api');
    expect(text).toContain('golang:1.27-');
    expect(text).toContain('source=go.work,target=go.work,rw');
    expect(text).toContain('source=libs/lib/go.mod,target=libs/lib/go.mod,rw');
    expect(text).toContain('    go mod download -C services/api\n');
    expect(text).not.toContain('-mod=mod');
  });
});
