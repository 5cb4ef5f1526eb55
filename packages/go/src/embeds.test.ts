import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { findEmbeds } from './embeds.ts';

const files = {
  'web/index.html': '',
  'web/.env': 'SECRET=1',
  'web/_draft.html': '',
  'web/css/site.css': '',
  'web/css/.hidden': '',
  'README.md': '',
  'my docs/a.md': '',
  'docs/a.md': '',
  'docs/b.txt': '',
};

function embed(line: string, at = 'main.go') {
  const tree = new MemoryTree({ ...files, [at]: `package main\n\n${line}\nvar files embed.FS\n` });
  return findEmbeds(new Project(tree), [at]);
}

describe('findEmbeds', () => {
  test.each([
    ['//go:embed README.md', ['README.md']],
    ['//go:embed web', ['web/css/site.css', 'web/index.html']],
    ['//go:embed web/', ['web/css/site.css', 'web/index.html']],
    ['//go:embed all:web', ['web/.env', 'web/_draft.html', 'web/css/.hidden', 'web/css/site.css', 'web/index.html']],
    ['//go:embed web/*', ['web/.env', 'web/_draft.html', 'web/css/site.css', 'web/index.html']],
    ['//go:embed docs/*.md docs/?.txt', ['docs/a.md', 'docs/b.txt']],
    ['//go:embed docs/[ab].*', ['docs/a.md', 'docs/b.txt']],
    ['//go:embed "my docs" `README.md`', ['README.md', 'my docs/a.md']],
  ])('%s', (line, expected) => {
    expect(embed(line)).toMatchObject({ files: expected, missing: [] });
  });

  test('patterns start at the folder of the source', () => {
    expect(embed('//go:embed css', 'web/assets.go').files).toEqual(['web/css/site.css']);
  });

  test('a pattern without a match is missing, with its line', () => {
    const { files: found, missing } = embed('//go:embed dist web/index.html');
    expect(found).toEqual(['web/index.html']);
    expect(missing).toEqual([{ path: 'dist', place: { file: 'main.go', line: 3 } }]);
  });

  test('a comment about it is none', () => {
    expect(embed('// go:embed dist').missing).toEqual([]);
  });
});
