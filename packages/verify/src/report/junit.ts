import type { Row, Verdict } from '../verify.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 forbids, in any form of writing it (https://www.w3.org/TR/xml/#charsets). */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text as an XML attribute; characters that XML forbids become a question mark. */
const xml = (text: string): string => text.replace(forbidden, '?').replace(/[&<>"]/g, (char) => escapes[char] ?? char);

/** A verdict as JUnit's XML, which CI services show as tests; a warning is a test that passes and says something. */
export function junit({ rows }: Verdict, name: string): string {
  const failures = rows.filter(({ status }) => status === 'fail').length;
  const cases = rows.map(
    (row) => `    <testcase classname="${xml(name)}" name="${xml(row.id)}">${body(row)}</testcase>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="${xml(name)}" tests="${rows.length}" failures="${failures}">
${cases.join('\n')}
  </testsuite>
</testsuites>
`;
}

function body({ status, reason, hint = '' }: Row): string {
  if (status === 'fail') return `<failure message="${xml(reason)}">${xml(hint)}</failure>`;
  return `<system-out>${xml(`${status}: ${reason}${hint ? `. ${hint}` : ''}`)}</system-out>`;
}
