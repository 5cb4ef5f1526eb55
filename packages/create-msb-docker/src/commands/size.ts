import { MsbError } from '@msb/core';

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  k: 1e3,
  mb: 1e6,
  m: 1e6,
  gb: 1e9,
  g: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** `25MB`, `1.5 GiB` → bytes. Throws `bad-option`. */
export function readSize(text: string, flag: string): number {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = units[unit.toLowerCase()];
  if (number !== '' && factor !== undefined) return Math.round(Number(number) * factor);
  throw new MsbError(
    'bad-option',
    `${flag} must be a size such as 25MB, and is ${JSON.stringify(text)}`,
    'See --help.',
  );
}
