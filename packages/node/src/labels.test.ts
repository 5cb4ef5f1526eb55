import { expect, test } from 'vitest';
import { labels, repositoryUrl } from './labels.ts';
import { packageOf } from './projects.test.kit.ts';

test.each([
  ['git+https://github.com/acme/a.git', 'https://github.com/acme/a'],
  ['git+ssh://git@github.com/acme/a.git', 'https://github.com/acme/a'],
  ['acme/a', 'https://github.com/acme/a'],
  ['gitlab:acme/a', 'https://gitlab.com/acme/a'],
  ['https://user:secret@example.com/acme/a.git', 'https://example.com/acme/a'],
  ['svn:acme/a', undefined],
  ['nonsense', undefined],
])('%s', (repository, url) => expect(repositoryUrl(repository)).toBe(url));

test('text of any kind stays on one line', () => {
  const { manifest } = packageOf({ description: 'a\nRUN id', license: 'MIT', repository: { url: 'acme/a' } });
  expect(labels(manifest, 'x')).toEqual({
    'org.opencontainers.image.title': 'x',
    'org.opencontainers.image.description': 'a RUN id',
    'org.opencontainers.image.licenses': 'MIT',
    'org.opencontainers.image.source': 'https://github.com/acme/a',
  });
});
