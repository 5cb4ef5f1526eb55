import type { Elf } from './image.ts';

/** e_machine and the word size (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html) → as images spell it. */
const machines: Readonly<Record<number, string>> = {
  3: '386',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64le',
  22: 's390x',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};

/** How many bytes of a file {@link readElf} wants: the loader's name comes soon after the headers. */
export const elfHead = 4096;

/** Reads the head of a file; `undefined` when it is no ELF file. */
export function readElf(head: Buffer): Elf | undefined {
  if (head.length < 64 || head.toString('latin1', 0, 4) !== '\x7fELF') return undefined;
  const wide = head[4] === 2;
  const big = head[5] === 2;
  const short = (at: number): number => (big ? head.readUInt16BE(at) : head.readUInt16LE(at));
  const long = (at: number): number => (big ? head.readUInt32BE(at) : head.readUInt32LE(at));
  const address = (at: number): number => (!wide ? long(at) : big ? long(at + 4) : long(at)); // files under 4 GB
  const machine = short(18);
  const architecture = machines[machine] ?? `machine ${machine}`;
  const [table, size, count] = wide ? [address(32), short(54), short(56)] : [address(28), short(42), short(44)];
  for (let entry = table; entry < table + size * count && entry + size <= head.length; entry += size) {
    if (long(entry) !== 3) continue; // PT_INTERP
    const [offset, length] = wide
      ? [address(entry + 8), address(entry + 32)]
      : [address(entry + 4), address(entry + 16)];
    if (offset + length > head.length) break;
    return { architecture, interpreter: head.toString('latin1', offset, offset + length).replace(/\0.*$/s, '') };
  }
  return { architecture };
}
