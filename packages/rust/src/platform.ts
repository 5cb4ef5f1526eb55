/** What is known of the platform that an image is for; other conditions may hold or not. */
const known: Readonly<Record<string, string>> = { target_os: 'linux', target_family: 'unix', target_vendor: 'unknown' };
const flags: Readonly<Record<string, boolean>> = { unix: true, windows: false, test: false, miri: false };

const tokens = /([A-Za-z_][\w-]*|"[^"]*"|[(),=])/g;

/**
 * Whether the table `[target.<name>]` of a manifest may concern Linux: a target triple, or `cfg(…)`
 * (https://doc.rust-lang.org/reference/conditional-compilation.html). What can't be told counts as true.
 */
export function mayBeLinux(name: string): boolean {
  if (!name.startsWith('cfg(')) return name.includes('linux');
  const words = name.slice('cfg'.length).match(tokens) ?? [];
  return anyOrAll(words, 'all') !== false;
}

type Truth = boolean | undefined;

/** Reads one condition from the words, which it takes away. */
function condition(words: string[]): Truth {
  const name = words.shift() ?? '';
  if (words[0] === '(') {
    if (name !== 'not') return anyOrAll(words, name);
    const inner = anyOrAll(words, 'all');
    return inner === undefined ? undefined : !inner;
  }
  if (words[0] !== '=') return flags[name];
  words.shift();
  const value = words.shift()?.slice(1, -1);
  return known[name] === undefined ? undefined : known[name] === value;
}

/** Reads a list in parentheses. */
function anyOrAll(words: string[], kind: string): Truth {
  const truths: Truth[] = [];
  for (words.shift(); words.length > 0 && words[0] !== ')'; ) {
    if (words[0] === ',') words.shift();
    else truths.push(condition(words));
  }
  words.shift();
  const decided = kind === 'any';
  if (truths.includes(decided)) return decided;
  return truths.includes(undefined) ? undefined : !decided;
}
