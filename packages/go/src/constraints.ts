/** Operating systems and CPUs that end a file's name, as in `serve_windows.go` (`go tool dist list`). */
const systems = new Set(
  'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows'.split(' '),
);
const cpus = new Set(
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm'.split(' '),
);

/** What a build is told beside its platform. */
export interface Conditions {
  /** Whether C is compiled in. */
  readonly cgo?: boolean;
  /** What follows `-tags`. */
  readonly tags?: readonly string[];
}

/** The tags that hold in the build we plan: Linux, the CPUs that servers have, cgo where the program needs it. */
const holds = (tag: string, { cgo = false, tags = [] }: Conditions): boolean =>
  /^(linux|unix|gc|amd64|arm64|go1\.\d+)$/.test(tag) || (cgo && tag === 'cgo') || tags.includes(tag);

/**
 * Whether a Go file is part of our build, by its name and its constraint
 * (https://pkg.go.dev/cmd/go#hdr-Build_constraints). Not asked here: whether it imports "C".
 */
export function isBuilt(file: string, text: string, conditions: Conditions = {}): boolean {
  const name = file.split('/').at(-1) ?? '';
  if (/^[_.]|_test\.go$/.test(name)) return false;
  return nameHolds(name) && evaluate(constraint(text), (tag) => holds(tag, conditions));
}

/** The constraint of a file as one expression; `''` when it has none. */
export function constraint(text: string): string {
  const [head = ''] = text.split(/^package\s/m);
  const modern = /^\/\/go:build\s+(.+)$/m.exec(head)?.[1];
  if (modern !== undefined) return modern;
  const old = [...head.matchAll(/^\/\/\s*\+build\s+(.+)$/gm)].map(([, options = '']) => oldStyle(options));
  return old.join(' && ');
}

/** `a,!b c` of a `// +build` line means (a and not b) or c. */
const oldStyle = (options: string): string =>
  `(${options
    .trim()
    .split(/\s+/)
    .map((option) => option.split(',').join(' && '))
    .join(' || ')})`;

/** `serve_linux_amd64.go`, but not `linux.go`: only what follows the first `_` counts. */
function nameHolds(name: string): boolean {
  const words = name.replace(/\..*$/, '').split('_').slice(1).slice(-2);
  const [last, before] = [words.at(-1) ?? '', words.at(-2) ?? ''];
  const platform = cpus.has(last) && systems.has(before) ? [before, last] : [last];
  return platform.every((word) => holds(word, {}) || !(systems.has(word) || cpus.has(word)));
}

/** Evaluates `a && (b || !c)`. Nonsense gets some answer: the compiler will say more about it. */
function evaluate(expression: string, isSet: (tag: string) => boolean): boolean {
  const tokens = expression.match(/&&|\|\||[()!]|[\w.]+/g) ?? [];
  let index = 0;
  const take = (token: string): boolean => tokens[index] === token && ++index > 0;
  const any = (): boolean => {
    let value = all();
    while (take('||')) value = all() || value;
    return value;
  };
  const all = (): boolean => {
    let value = one();
    while (take('&&')) value = one() && value;
    return value;
  };
  const one = (): boolean => {
    if (take('!')) return !one();
    if (!take('(')) return isSet(tokens[index++] ?? '');
    const value = any();
    take(')');
    return value;
  };
  // nobody writes a thousand words; as many brackets would exhaust the stack
  return tokens.length === 0 || tokens.length > 1000 || any();
}
