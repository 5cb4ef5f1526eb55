import { isKnownTool, type Note } from '@msb/core';
import type { Account } from './account/account.ts';
import type { StartedTool } from './account/tools.ts';

/** Programs of BusyBox, which Alpine has (https://busybox.net/downloads/BusyBox.html). */
const busybox =
  /^(?:sh|ash|cat|cp|mv|rm|ls|ln|mkdir|chmod|chown|date|df|du|echo|env|find|grep|head|hostname|id|kill|nc|ping|ps|sed|awk|sleep|sort|stat|su|tail|top|touch|true|uname|uptime|whoami|xargs|which|nslookup|free|mount|gzip|gunzip|bzip2|md5sum|sha256sum)$/;

/**
 * Programs that are started and that no table has packages for. An empty image has none, nor has distroless: without a
 * word the program would fail when it starts one.
 */
export function startedNotes(tools: readonly StartedTool[], runtime: string | undefined): readonly Note[] {
  const lacking = tools.filter(({ name }) => !isKnownTool(name) && !(runtime === 'alpine' && busybox.test(name)));
  const [first] = lacking;
  if (first === undefined) return [];
  const names = lacking.map(({ name }) => name).join(', ');
  return [
    {
      message: `Your app starts ${names}, which the image doesn't have`,
      hint: lacking.every(({ name }) => busybox.test(name))
        ? 'Ship on Alpine, which has it: --runtime alpine.'
        : 'Add it to an image of your own, or do without.',
      place: first.place,
    },
  ];
}

/** What ships is not the program's to write, so files that it puts there get nowhere. */
export function shippedNotes(accounts: readonly Account[]): readonly Note[] {
  const [first] = accounts.flatMap(({ intoShipped }) => intoShipped);
  if (first === undefined) return [];
  return [
    {
      message: `Your app writes to ${first.folder}, which ships with the image and is read-only`,
      hint: 'Write to another folder, which becomes a volume.',
      place: first.place,
    },
  ];
}
