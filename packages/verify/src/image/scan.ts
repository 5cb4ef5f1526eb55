import { type Dockerfile, MsbError } from '@msb/core';
import { knownProblem } from '../engine/problems.ts';
import { endProcess } from '../engine/process.ts';
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
  const problem = async (): Promise<MsbError> => {
    const code = await ended;
    const said = stderr.trim().split('\n').at(-1) || `exit ${code}`;
    return knownProblem(stderr) ?? new MsbError('no-engine', `The image cannot be read: ${said}`, 'Try it again.');
  };
  try {
    const archive = await readArchive(child.stdout);
    if (archive.documents.has('manifest.json')) return assemble(archive, dockerfile);
    throw await problem();
  } catch (error) {
    endProcess(child);
    session.signal.throwIfAborted();
    throw error instanceof MsbError ? error : await problem();
  }
}
