import type { Server } from './servers.ts';

/** The values of a flag in a command: `--bind a`, `--bind=a`, `-b a`. */
export function flagValue(words: readonly string[], flags: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (flags.includes(word)) return words[index + 1];
    const flag = flags.find((name) => word.startsWith(`${name}=`));
    if (flag !== undefined) return word.slice(flag.length + 1);
    const short = flags.find(
      (name) => /^-\w$/.test(name) && word.startsWith(name) && word.length > 2 && !word.startsWith('--'),
    );
    if (short !== undefined) return word.slice(2);
  }
  return undefined;
}

/** What a command lacks to be reached from outside of its container, at this port. */
export function missingAddress({ address }: Server, words: readonly string[], port: number): readonly string[] {
  if (address.kind === 'bind') {
    return flagValue(words, address.flags) === undefined ? [address.flags[0] ?? '', `0.0.0.0:${port}`] : [];
  }
  return [
    ...(flagValue(words, address.host) === undefined ? [address.host[0] ?? '', '0.0.0.0'] : []),
    ...(flagValue(words, address.port) === undefined ? [address.port[0] ?? '', String(port)] : []),
  ];
}

/** The port that a command names. */
export function namedPort({ address }: Server, words: readonly string[]): number | undefined {
  const text = flagValue(words, address.kind === 'bind' ? address.flags : address.port);
  const [, digits] = /(?:^|:)(\d{2,5})$/.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}
