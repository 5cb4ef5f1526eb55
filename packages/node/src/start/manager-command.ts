/** What a command of a package manager does, as far as a start is concerned. */
export type ManagerCommand =
  /** It runs a script of package.json, with words of its own. */
  | { readonly kind: 'script'; readonly name: string; readonly args: readonly string[] }
  /** It runs something of another package, whose folder or name this is. */
  | { readonly kind: 'elsewhere'; readonly target: string }
  /** It installs dependencies. */
  | { readonly kind: 'install' }
  | { readonly kind: 'none' };

/** Flags that lead to another package; the word behind them names it. */
const elsewhere = new Set(['--prefix', '-C', '--dir', '--cwd', '-w', '--workspace', '--filter', '-F']);

const installs = new Set(['ci', 'install', 'i', 'clean-install']);

/** Reads the words after `npm`, `pnpm`, `yarn` or `bun`: `--silent run serve -- --port 1`. */
export function readManager(manager: string, words: readonly string[]): ManagerCommand {
  const target = otherPackage(words);
  if (target !== undefined) return { kind: 'elsewhere', target };
  const [first, ...rest] = withoutFlags(words);
  const [name, ...behind] = /^run(-script)?$/.test(first ?? '') ? withoutFlags(rest) : withoutFlags(words);
  if (installs.has(name ?? '') || (manager === 'yarn' && words.length === 0)) return { kind: 'install' };
  return name === undefined ? { kind: 'none' } : { kind: 'script', name, args: handedOn(manager, behind) };
}

/** `--prefix server`, `--filter=api`, `yarn workspace api`; all of them stand before a lone `--`. */
function otherPackage(words: readonly string[]): string | undefined {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  if (own[0] === 'workspace') return own[1];
  const index = own.findIndex((word) => elsewhere.has(word.replace(/=.*/, '')));
  return index < 0 ? undefined : (/=(.*)/.exec(own[index] ?? '')?.[1] ?? own[index + 1]);
}

const withoutFlags = (words: readonly string[]): readonly string[] => {
  const index = words.findIndex((word) => !word.startsWith('-'));
  return index < 0 ? [] : words.slice(index);
};

/** npm keeps flags to itself unless they stand behind `--`; the others hand everything on. */
function handedOn(manager: string, words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  const behind = end < 0 ? [] : words.slice(end + 1);
  const before = end < 0 ? words : words.slice(0, end);
  return [...(manager === 'npm' ? before.filter((word) => !word.startsWith('-')) : before), ...behind];
}
