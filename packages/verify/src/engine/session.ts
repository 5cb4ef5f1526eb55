import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { MsbError } from '@msb/core';
import type { Engine } from './engine.ts';
import { knownProblem } from './problems.ts';
import { apart, type Ended, endProcess, type Limits, run } from './process.ts';

/** A command of the engine that should take no time at all. */
const shortly = 60_000;

/**
 * Everything that one verification makes in an engine, so that nothing of it stays: {@link close} removes it, however
 * the verification ended.
 */
export class Session {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** The name of the image that is verified. */
  readonly tag: string;
  readonly #controller = new AbortController();
  #number = 0;
  readonly #containers = new Set<string>();
  readonly #children = new Set<ChildProcess>();
  readonly #images: string[] = [];

  constructor(engine: Engine, signal: AbortSignal) {
    this.engine = engine;
    this.signal = AbortSignal.any([signal, this.#controller.signal]);
    this.tag = `msb-verify/${randomBytes(6).toString('hex')}:run`;
  }

  /** Runs a command of the engine to its end. */
  run(args: readonly string[], limits: Limits = {}): Promise<Ended> {
    return run(this.engine.program, args, { timeout: shortly, signal: this.signal, ...limits });
  }

  /** The same, for a command that has to succeed; resolves to what it printed. Throws `MsbError`. */
  async must(args: readonly string[], limits?: Limits): Promise<string> {
    const { code, stdout, stderr, timedOut } = await this.run(args, limits);
    if (code === 0) return stdout.trim();
    this.signal.throwIfAborted();
    const what = `${this.engine.program} ${args[0]}`;
    if (timedOut) throw new MsbError('no-engine', `${what} does not end`, 'Restart the engine.');
    const said = stderr.trim().split('\n').at(-1) ?? '';
    throw knownProblem(stderr) ?? new MsbError('no-engine', `${what} failed: ${said}`, 'Run it yourself to see more.');
  }

  /**
   * Waits for several works at once. When one fails the others are ended, too, and nothing of them goes on: what they
   * still started would outlive {@link close}.
   */
  async together<T extends readonly Promise<unknown>[]>(
    ...works: T
  ): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
    try {
      return (await Promise.all(works)) as { -readonly [K in keyof T]: Awaited<T[K]> };
    } catch (error) {
      this.#controller.abort(error);
      await Promise.allSettled(works);
      throw error;
    }
  }

  /** Starts a command whose output is read as a stream. */
  stream(args: readonly string[]): ChildProcess {
    const { program, savesByName } = this.engine;
    const piped = ['-c', '"$0" "$@" | cat', program, ...args];
    const [command, words] = savesByName ? ['sh', piped] : [program, [...args]];
    const child = spawn(command, words, { ...apart, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.add(child);
    child.once('close', () => this.#children.delete(child));
    return child;
  }

  /** A name for a container, known before there is one, so that even a half-started one can be removed. */
  containerName(): string {
    this.#number += 1;
    const name = `${this.tag.replace(/\W+/g, '-')}-${this.#number}`;
    this.#containers.add(name);
    return name;
  }

  /** Images without a name that came along, and go with the others. */
  alsoMade(images: readonly string[]): void {
    this.#images.push(...images);
  }

  /** An engine may still make a container whose client was ended, so it is looked for until none comes any more. */
  async #removeLate(clean: (args: readonly string[]) => Promise<Ended>): Promise<void> {
    const [name = ''] = this.#containers;
    const filter = `name=${name.replace(/\d+$/, '')}`;
    for (let calm = 0; calm < 4; calm += 1) {
      await setTimeout(250);
      const { stdout } = await clean(['ps', '--all', '--quiet', '--filter', filter]);
      const late = stdout.split(/\s+/).filter((id) => id !== '');
      if (late.length === 0) continue;
      await clean(['rm', '--force', '--volumes', ...late]);
      calm = 0;
    }
  }

  /** Removes the containers and the image's name; what the image is made of stays in the build cache. */
  async close(): Promise<void> {
    for (const child of this.#children) endProcess(child);
    const clean = (args: readonly string[]): Promise<Ended> => run(this.engine.program, args, { timeout: shortly });
    if (this.#containers.size > 0) await clean(['rm', '--force', '--volumes', ...this.#containers]);
    if (this.#containers.size > 0 && this.signal.aborted) await this.#removeLate(clean);
    await clean(this.engine.runs ? ['image', 'rm', '--force', this.tag] : ['rmi', '--force', this.tag]);
    // Not by force, so that what others built on stays; most of these are gone with the image already.
    for (const image of this.#images.reverse()) await clean(['rmi', image]);
  }
}
