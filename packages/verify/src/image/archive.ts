import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { MsbError } from '@msb/core';
import { type BareLayer, eachEntry, readLayer } from './layer.ts';

/** An archive as `docker save` writes it: its layers and its JSON documents, by the names they have in it. */
export interface Archive {
  readonly layers: ReadonlyMap<string, BareLayer>;
  readonly documents: ReadonlyMap<string, unknown>;
}

/** JSON larger than this is none of the archive's own documents. In bytes. */
const largestDocument = 8 * 1024 * 1024;

/** How layers are compressed: their first bytes, and what unpacks them. Older Nodes have no zstd. */
const compressions = [
  { name: 'gzip', magic: [0x1f, 0x8b], unpack: zlib.createGunzip },
  {
    name: 'zstd',
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    unpack: 'createZstdDecompress' in zlib ? (zlib.createZstdDecompress as typeof zlib.createGunzip) : undefined,
  },
] as const;

/**
 * Reads an archive from its stream, piece by piece: neither the archive nor a layer is ever whole in memory or on disk.
 * What a blob is, its first bytes tell, since the list of layers comes last.
 */
export async function readArchive(pieces: AsyncIterable<Buffer>): Promise<Archive> {
  const layers = new Map<string, BareLayer>();
  const documents = new Map<string, unknown>();
  await eachEntry(pieces, async ({ name, type, linkname }, content) => {
    if (type === 'symlink' && linkname) {
      // Before OCI layouts, a layer that occurs twice was a link: `../<id>/layer.tar`.
      const same = layers.get(linkname.replace(/^(\.\.\/)+/, ''));
      if (same) layers.set(name, same);
    }
    if (type !== 'file') return;
    const { first, all } = await peek(content);
    if (first[0] === 0x7b || first[0] === 0x5b) {
      const document = await readDocument(all);
      if (document !== undefined) documents.set(name, document);
    } else if (first.length >= 4) layers.set(name, await readLayer(unpacked(first, all)));
  });
  return { layers, documents };
}

interface Peeked {
  /** At least four bytes, unless there are fewer. */
  readonly first: Buffer;
  readonly all: AsyncIterable<Buffer>;
}

async function peek(content: AsyncIterable<Buffer>): Promise<Peeked> {
  const iterator = content[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  let ended = false;
  while (first.length < 4 && !ended) {
    const { value, done } = await iterator.next();
    if (done) ended = true;
    else first = Buffer.concat([first, value]);
  }
  const all = (async function* () {
    yield first;
    if (!ended) yield* { [Symbol.asyncIterator]: () => iterator };
  })();
  return { first, all };
}

function unpacked(first: Buffer, all: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const found = compressions.find(({ magic }) => magic.every((byte, index) => first[index] === byte));
  if (found === undefined) return all;
  if (found.unpack !== undefined) return Readable.from(all).pipe(found.unpack());
  throw new MsbError(
    'unsupported',
    `A layer is compressed by ${found.name}, which this Node cannot unpack`,
    'Use Node 24.',
  );
}

async function readDocument(pieces: AsyncIterable<Buffer>): Promise<unknown> {
  const read: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size <= largestDocument) read.push(piece);
  }
  try {
    return size > largestDocument ? undefined : JSON.parse(Buffer.concat(read).toString());
  } catch {
    return undefined;
  }
}
