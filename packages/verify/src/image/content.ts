import { elfHead, readElf } from './elf.ts';
import type { LayerFile, Leak, Sign } from './image.ts';
import { leaksIn, longestLeak } from './leaks.ts';

/** What a program shows; the names are in no other kind of file. */
const signOf: readonly (readonly [Sign, RegExp])[] = [
  ['zones', /Europe[/:]Berlin/],
  ['roots', /-----BEGIN CERTIFICATE-----\s+[A-Za-z0-9+/]{40}/],
  ['go', /\xff Go buildinf:/],
  // The linker keeps the names of functions that can be reached, and of no other; every program has …FromTZData.
  ['zone lookup', /time\.LoadLocation(?!FromTZData)/],
];

/** The few small files whose text checks read, and how much of it. */
const kept: readonly (readonly [pattern: RegExp, most: number])[] = [
  [/^(etc|usr\/lib)\/os-release$/, 4096],
  [/^etc\/(passwd|group)$/, 65536],
  [/^(etc\/ssl\/certs\/ca-certificates\.crt|etc\/ssl\/cert\.pem|etc\/pki\/.*\.(pem|crt))$/, 1024 * 1024],
  [/(^|\/)(\.npmrc|\.netrc|\.pypirc|\.dockercfg|\.docker\/config\.json|\.git-credentials|\.aws\/credentials)$/, 65536],
  [/(^|\/)\.env(\.[\w-]+)*$/, 65536],
  [/(^|\/)node_modules\/(\.package-lock\.json|\.modules\.yaml)$/, 4 * 1024 * 1024],
];

/** What the content of a file tells. */
export interface Content extends Pick<LayerFile, 'elf' | 'interpreter' | 'signs'> {
  readonly leaks: readonly Leak[];
  readonly text?: string;
}

/** Reads one file from its pieces, and keeps no more of it than a piece and what the next one has to overlap. */
export async function readContent(path: string, pieces: AsyncIterable<Buffer>): Promise<Content> {
  const most = kept.find(([pattern]) => pattern.test(path))?.[1] ?? 0;
  const wanted = Math.max(most, elfHead);
  const kinds = new Set<string>();
  const signs = new Set<Sign>();
  const headPieces: Buffer[] = [];
  let headSize = 0;
  let isProgram: boolean | undefined;
  let overlap = '';
  for await (const piece of pieces) {
    if (headSize < wanted) {
      headPieces.push(Buffer.from(piece.subarray(0, wanted - headSize)));
      headSize += piece.length;
    }
    isProgram ??= piece.toString('latin1', 0, 4) === '\x7fELF';
    const text = overlap + piece.toString('latin1');
    for (const kind of leaksIn(text)) kinds.add(kind);
    if (isProgram) for (const [sign, pattern] of signOf) if (!signs.has(sign) && pattern.test(text)) signs.add(sign);
    overlap = text.slice(-longestLeak);
  }
  const head = Buffer.concat(headPieces);
  const elf = readElf(head);
  const [, interpreter] = /^#!\s*([^\n]*)/.exec(head.toString('latin1', 0, 256)) ?? [];
  return {
    leaks: [...kinds].map((kind) => ({ kind, path })),
    ...(signs.size > 0 && { signs: [...signs] }),
    ...(most > 0 && { text: head.toString('utf8', 0, most) }),
    ...(elf && { elf }),
    ...(interpreter && { interpreter: interpreter.trim() }),
  };
}
