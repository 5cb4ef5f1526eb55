import { describe, expect, test } from 'vitest';
import { detectIn, errorOf, factOf, notesOf, web } from '../project.test.kit.ts';
import { rangeTest } from './specifier.ts';

describe('ranges', () => {
  test.each([
    ['>=3.11', ['3.11', '3.14'], ['3.10']],
    ['>=3.11,<3.13', ['3.11', '3.12'], ['3.10', '3.13']],
    ['>=3.9, !=3.12.*', ['3.11', '3.13'], ['3.12']],
    ['~=3.12', ['3.12', '3.14'], ['3.11']],
    ['~=3.12.1', ['3.12'], ['3.13']],
    ['==3.12.*', ['3.12'], ['3.13']],
    ['3.12.4', ['3.12'], ['3.13']],
    ['^3.11', ['3.11', '3.14'], ['3.10']],
    ['~3.12', ['3.12'], ['3.13']],
    ['>=3.11,<4.0', ['3.11', '3.14'], ['3.10']],
    ['>3.11', ['3.12'], ['3.11']],
    ['<3.13', ['3.12'], ['3.13']],
    ['<=3.12', ['3.12'], ['3.13']],
    ['<3.13.2', ['3.13'], ['3.14']],
    ['*', ['3.14'], []],
    ['^3.10 || ^4', ['3.10'], ['3.9']],
    ['3', ['3.14'], []],
  ])('%s', (range, inside, outside) => {
    const fits = rangeTest(range);
    for (const version of inside) expect(fits?.(version), version).toBe(true);
    for (const version of outside) expect(fits?.(version), version).toBe(false);
  });

  test.each(['latest', '>=three', '"; RUN x'])('%s is none', (range) => expect(rangeTest(range)).toBeUndefined());
});

describe('the version of a project', () => {
  const requires = (range: string) =>
    `[project]\nname = "shop"\nrequires-python = "${range}"\ndependencies = ["fastapi", "uvicorn"]\n`;

  test.each([
    ['nothing', {}, '3.14, the default'],
    ['.python-version', { '.python-version': '# ours\n3.12.4\n' }, '3.12, 3.12.4 ← .python-version:2'],
    ['.tool-versions', { '.tool-versions': 'nodejs 24\npython 3.13.1\n' }, '3.13, 3.13.1 ← .tool-versions:2'],
    ['mise.toml', { 'mise.toml': '[tools]\npython = "3.12"\n' }, '3.12 ← mise.toml:2'],
    ['runtime.txt', { 'runtime.txt': 'python-3.11.9\n' }, '3.11, 3.11.9 ← runtime.txt:1'],
    ['requires-python', { 'pyproject.toml': requires('>=3.11,<3.14') }, '3.13, >=3.11,<3.14 ← pyproject.toml:3'],
    [
      'a pin before a range',
      { 'pyproject.toml': requires('>=3.11'), '.python-version': '3.12\n' },
      '3.12 ← .python-version:1',
    ],
    ['somebody’s Dockerfile', { Dockerfile: 'FROM python:3.12-alpine AS x\n' }, '3.12 ← Dockerfile:1'],
    ['a newer one', { '.python-version': '3.15\n' }, '3.15 ← .python-version:1'],
  ])('from %s', (_, files, fact) => expect(factOf(web(files), 'Python')).toBe(fact));

  test('that has no image any more is replaced, and said', () => {
    const files = web({ '.python-version': '3.8.1\n' });
    expect(factOf(files, 'Python')).toContain('3.11, the oldest that is supported');
    expect(notesOf(files)).toContain('Python 3.8.1 has no supported image any more, so Python 3.11 is used');
  });

  test('that nobody knows is an error with its line', () => {
    expect(errorOf(() => detectIn(web({ '.python-version': '3.99\n' })))).toMatch(
      /^unknown-version at .python-version:1/,
    );
    expect(errorOf(() => detectIn(web(), { pythonVersion: '3.2' }))).toMatch(/^unknown-version: /);
  });

  test('for distroless is the one that it has, where the project allows that', () => {
    const runtime = { runtime: 'distroless' };
    expect(factOf(web(), 'Python', runtime)).toBe('3.13, the one that distroless has');
    const pinned = detectIn(web({ '.python-version': '3.12\n' }), runtime);
    expect(pinned.runtimes?.families).toEqual(['slim']);
    expect(pinned.runtimes?.reason.message).toContain('distroless has Python 3.13, and the project asks for 3.12');
    expect(pinned.runtimes?.reason.place).toEqual({ file: '.python-version', line: 1 });
  });
});
