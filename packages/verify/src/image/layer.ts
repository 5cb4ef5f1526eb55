import { extract, type Header } from 'tar-stream';
import { readContent } from './content.ts';
import type { Layer, LayerFile } from './image.ts';

/** A layer before its place in the image is known. */
export type BareLayer = Omit<Layer, 'madeBy' | 'inBase'>;

const types: Readonly<Record<string, LayerFile['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
  link: 'link',
};

const plainPath = (name: string): string => name.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');

/** Feeds a tar stream from pieces and hands out its entries; each has to be read before the next one comes. */
export async function eachEntry(
  pieces: AsyncIterable<Buffer>,
  look: (header: Header, content: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const tar = extract();
  const read = (async () => {
    for await (const entry of tar) {
      await look(entry.header, entry as AsyncIterable<Buffer>);
      entry.resume();
    }
  })();
  const fed = (async () => {
    for await (const piece of pieces) {
      if (!tar.write(piece)) await new Promise<void>((done) => tar.once('drain', done));
    }
    tar.end(null);
  })();
  await Promise.all([read, fed]);
}

/**
 * Reads one layer without unpacking it. Whiteouts are those of the OCI format
 * (https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts).
 */
export async function readLayer(pieces: AsyncIterable<Buffer>): Promise<BareLayer> {
  const files: LayerFile[] = [];
  const deleted: string[] = [];
  const emptied: string[] = [];
  const leaks: BareLayer['leaks'][number][] = [];
  const texts = new Map<string, string>();
  await eachEntry(pieces, async (header, content) => {
    const path = plainPath(header.name);
    const [, folder = '', name = ''] = /^(.*\/)?([^/]*)$/.exec(path) ?? [];
    if (name === '.wh..wh..opq') emptied.push(plainPath(folder));
    else if (name.startsWith('.wh.')) deleted.push(folder + name.slice('.wh.'.length));
    else {
      const type = types[header.type ?? 'file'] ?? 'other';
      const { size = 0, mode = 0, uid = 0, gid = 0, linkname } = header;
      const target = linkname ? { target: linkname } : {};
      if (type !== 'file') {
        files.push({ path, type, size: 0, mode, uid, gid, ...target });
        return;
      }
      const found = await readContent(path, content);
      leaks.push(...found.leaks);
      if (found.text !== undefined) texts.set(path, found.text);
      const { leaks: _, text: __, ...known } = found;
      files.push({ path, type, size, mode, uid, gid, ...known });
    }
  });
  return { files, deleted, emptied, leaks, texts };
}
