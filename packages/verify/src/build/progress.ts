/** Images that Podman made of the steps of a build, in their order; those that it only took from its cache are left out. */
export function intermediates(printed: string): readonly string[] {
  const cached = [...printed.matchAll(/^--> Using cache (\w+)$/gm)].map(([, id = '']) => id);
  const all = [...printed.matchAll(/^--> ([0-9a-f]{8,})$/gm)].map(([, id = '']) => id);
  return all.filter((id) => !cached.some((other) => other.startsWith(id)));
}

/** One step of a build, as far as it got. Times in milliseconds since the epoch. */
export interface Step {
  readonly id: string;
  readonly name: string;
  readonly started?: number;
  readonly completed?: number;
  readonly cached?: boolean;
  readonly error?: string;
}

/** Reads what a builder says while it builds; steps come in the order in which they were first heard of. */
export class Progress {
  readonly #steps = new Map<string, Step>();
  readonly #names = new Map<number, string>();
  #isJson = false;
  /** The last lines that steps printed. */
  readonly log: string[] = [];

  get steps(): readonly Step[] {
    return [...this.#steps.values()];
  }

  /** One line of output; the step that it tells something new of, if it does. `now` is when it came. */
  read(line: string, now: number): Step | undefined {
    if (line.startsWith('{')) return this.#readJson(line);
    // Between and after JSON stand the words of the client, which are no output of a step.
    return this.#isJson ? undefined : this.#readPlain(line, now);
  }

  /** https://docs.docker.com/reference/cli/docker/buildx/build/#progress: one SolveStatus a line. */
  #readJson(line: string): Step | undefined {
    this.#isJson = true;
    const status = parse(line);
    for (const { data = '' } of status.logs ?? []) this.#say(Buffer.from(data, 'base64').toString());
    let last: Step | undefined;
    for (const { digest, name, started, completed, cached, error } of status.vertexes ?? []) {
      last = this.#put(digest, {
        name,
        ...(started !== undefined && { started: Date.parse(started) }),
        ...(completed !== undefined && { completed: Date.parse(completed) }),
        ...(cached && { cached }),
        ...(error && { error }),
      });
    }
    return last;
  }

  /** BuildKit's `#5 [build 2/3] RUN make`, `#5 DONE 1.2s`; Buildah's `[1/2] STEP 2/3: RUN make`. */
  #readPlain(line: string, now: number): Step | undefined {
    const [, number = '1', what] = /^(?:\[(\d+)\/\d+\] )?STEP \d+\/\d+: (.*)$/.exec(line) ?? [];
    if (what !== undefined || /^(\[\d+\/\d+\] )?COMMIT\b/.test(line)) this.#complete(now);
    if (what !== undefined) return this.#startBuildah(Number(number) - 1, what, now);
    if (/^--> Using cache/.test(line)) return this.#complete(now, true);
    const [, id = '', rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (id === '') {
      this.#say(line);
      return undefined;
    }
    if (/^(DONE|CACHED)\b/.test(rest)) return this.#put(id, { completed: now, cached: rest.startsWith('CACHED') });
    if (rest.startsWith('ERROR')) return this.#put(id, { completed: now, error: rest.replace(/^ERROR:?\s*/, '') });
    if (this.#steps.has(id)) this.#say(rest);
    else return this.#put(id, { name: rest, started: now });
    return undefined;
  }

  #complete(now: number, cached = false): Step | undefined {
    const last = this.steps.at(-1);
    return last && last.completed === undefined
      ? this.#put(last.id, { completed: now, ...(cached && { cached }) })
      : undefined;
  }

  /** Buildah counts stages, and says their names only where they begin. */
  #startBuildah(stage: number, what: string, now: number): Step {
    const [, name] = /^FROM .* AS (\S+)$/i.exec(what) ?? [];
    if (name !== undefined) this.#names.set(stage, name.toLowerCase());
    const shown = this.#names.get(stage) ?? `stage-${stage}`;
    return this.#put(`${this.#steps.size}`, { name: `[${shown}] ${what}`, started: now });
  }

  #put(id: string, news: Partial<Step>): Step {
    const before = this.#steps.get(id);
    const started = before?.started ?? news.started; // a step is announced again when it is resumed
    const step: Step = { id, name: id, ...before, ...news, ...(started !== undefined && { started }) };
    this.#steps.set(id, step);
    return step;
  }

  #say(text: string): void {
    this.log.push(
      ...text
        .split('\n')
        .map((line) => line.trimEnd())
        .filter((line) => line !== ''),
    );
    if (this.log.length > 60) this.log.splice(0, this.log.length - 40);
  }
}

interface SolveStatus {
  readonly vertexes?: readonly {
    readonly digest: string;
    readonly name: string;
    readonly started?: string;
    readonly completed?: string;
    readonly cached?: boolean;
    readonly error?: string;
  }[];
  readonly logs?: readonly { readonly data?: string }[];
}

function parse(line: string): SolveStatus {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

/** A stage of a build and the time it took, pauses left out; in seconds. */
export interface StageTime {
  readonly stage: string;
  readonly seconds: number;
  readonly cached: boolean;
}

/** `[build 2/3] RUN make` → build; the only stage may have no name. Steps of BuildKit's own belong to no stage. */
export const stageOf = ({ name }: Pick<Step, 'name'>): string | undefined => {
  const [, stage] = /^\[(?:\S+\/\S+ )?(\S+)(?: \d+\/\d+)?\]/.exec(name) ?? [];
  if (stage === 'internal' || stage === 'auth]') return undefined;
  return stage !== undefined && /^\d+\/\d+$/.test(stage) ? 'stage-0' : stage;
};

/** The time of each stage, in the order in which they began: the union of its steps' times, since steps overlap. */
export function stageTimes(steps: readonly Step[]): readonly StageTime[] {
  const stages = new Map<string, Step[]>();
  for (const step of steps) {
    const stage = stageOf(step);
    if (stage !== undefined) stages.set(stage, [...(stages.get(stage) ?? []), step]);
  }
  return [...stages].map(([stage, own]) => ({
    stage,
    seconds: union(own) / 1000,
    cached: own.every(({ cached, name }) => cached === true || /\] FROM /.test(name)),
  }));
}

function union(steps: readonly Step[]): number {
  const spans = steps
    .flatMap(({ started, completed, cached }) =>
      started === undefined || completed === undefined || cached ? [] : [[started, completed]],
    )
    .sort(([a = 0], [b = 0]) => a - b);
  let sum = 0;
  let until = 0;
  for (const [start = 0, end = 0] of spans) {
    sum += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return sum;
}
