import { expect } from 'vitest';
import type { Container } from './container.ts';

/** What one more GET has to be answered with. */
export interface AnswerExpectation {
  /** The path, or a pattern: then the first match in the answer to `http.path`, such as the address of a script. */
  readonly path: string;
  readonly status: number;
  /** Header by header, in lower case: somewhere in its value. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Somewhere in the answer; with `!` in front, nowhere in it. */
  readonly body?: string;
}

/** A path as it stands, or what its pattern finds in `page`, seen from the root of the site. */
function addressOf(path: string, page: string): string {
  if (/^[\w/.~?&=-]*$/.test(path)) return path;
  const found = new RegExp(path).exec(page)?.[0];
  expect(found, `nothing matches ${path} in ${page}`).toBeDefined();
  const { pathname, search } = new URL(found ?? path, 'http://site');
  return pathname + search;
}

/** Asks a running container for everything that a case expects, beside the answer that it already gave: `page`. */
export async function expectAnswers(
  container: Container,
  port: number,
  page: string,
  expected: readonly AnswerExpectation[],
): Promise<void> {
  for (const { path, status, headers = {}, body } of expected) {
    const address = addressOf(path, page);
    const url = `http://${container.address}:${port}${address}`;
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) });
    const text = await response.text();
    expect([address, response.status]).toEqual([address, status]);
    for (const [name, value] of Object.entries(headers)) {
      expect(`${address} ${name}: ${response.headers.get(name)}`).toContain(value);
    }
    if (body?.startsWith('!')) expect(text).not.toContain(body.slice(1));
    else if (body !== undefined) expect(text).toContain(body);
  }
}
