import type { Dockerfile } from '@msb/core';
import { MsbError } from '@msb/core';
import { knownProblem } from '../engine/problems.ts';
import type { Session } from '../engine/session.ts';
import { readArchive } from './archive.ts';
import { assemble } from './assemble.ts';
import type { Image } from './image.ts';

/** Reads the session's image as a stream, from the engine's own archive of it. Throws an `MsbError`. */
export async function scan(session: Session, dockerfile: Dockerfile): Promise<Image> {
  const child = session.stream(session.engine.save(session.tag));
  if (child.stdout === null) throw new Error('no output to read');
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-10_000);
  });
  const ended = new Promise<number | null>((resolve) => child.on('error', () => resolve(null)).on('close', resolve));
  try {
    const archive = await readArchive(child.stdout);
    await ended;
    return assemble(archive, dockerfile);
  } catch (error) {
    child.kill();
    session.signal.throwIfAborted();
    if (error instanceof MsbError) throw error;
    const code = await ended;
    const said = stderr.trim().split('\n').at(-1) ?? '';
    if (code === 0) throw error;
    throw knownProblem(stderr) ?? new MsbError('no-engine', `The image cannot be read: ${said}`, 'Try it again.');
  }
}
