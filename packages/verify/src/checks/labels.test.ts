import { expect, test } from 'vitest';
import type { Evidence } from '../check.ts';
import { labels } from './base.ts';

const said = (values: Readonly<Record<string, string>>) =>
  labels.run({ image: { config: { labels: values } } } as unknown as Evidence);

test("labels of one's own are named, as the only ones that there are", () => {
  expect(said({})).toMatchObject({ status: 'warn', reason: 'nothing says what it is and where it comes from' });
  expect(said({ maintainer: 'me', vendor: 'us' })).toMatchObject({
    status: 'warn',
    reason: 'nothing that tools look for says what it is and where it comes from: it has maintainer, vendor',
  });
  expect(said({ vendor: 'us', 'org.opencontainers.image.title': 'app' })).toMatchObject({
    status: 'pass',
    reason: 'title',
  });
});
