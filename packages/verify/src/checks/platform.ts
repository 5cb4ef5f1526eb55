import { X509Certificate } from 'node:crypto';
import { type Check, type Evidence, fail, pass, warn } from '../check.ts';
import type { Image, SeenFile, Sign } from '../image/image.ts';
import { lookup, lookupCommand } from '../image/lookup.ts';
import { programsOf } from './user.ts';

/** Which libc a loader belongs to. */
const libc = (loader: string): string => (loader.includes('musl') ? 'musl' : 'glibc');

/** The programs behind one: a script's interpreter, and what `env` starts. */
function behind(image: Image, file: SeenFile): readonly (SeenFile | string)[] {
  if (file.interpreter === undefined) return [file];
  const [first = '', second = ''] = file.interpreter.split(/\s+/);
  const wanted = /\/env$/.test(first) && second !== '' ? [first, second] : [first];
  return wanted.map((word) => lookupCommand(image, word) ?? word);
}

/** What a program lacks in this image; `undefined` when nothing. */
function lack(image: Image, file: SeenFile | string, script: SeenFile | undefined): string | undefined {
  if (typeof file === 'string') return `/${script?.path} is a script for ${file}, which the image lacks`;
  const { elf, path } = file;
  const { architecture } = image.config;
  if (elf === undefined) return undefined;
  const fits = elf.architecture === architecture || (elf.architecture === '386' && architecture === 'amd64');
  if (!fits) return `/${path} is for ${elf.architecture}, the image for ${architecture}`;
  if (elf.interpreter === undefined || lookup(image, elf.interpreter)) return undefined;
  return `/${path} needs ${elf.interpreter} (${libc(elf.interpreter)}), which the image lacks`;
}

const programHint =
  'Link it statically, or build it on the libc that it ships on (musl for Alpine, glibc for Debian and distroless) and for the platform of the image.';

/** The program is there, for this architecture, and the loader that it needs is there, too. */
export const program: Check = {
  id: 'program',
  title: 'program',
  run({ image }) {
    const [first] = [...image.config.entrypoint, ...image.config.cmd];
    if (first === undefined) return fail('the image names no program', 'Add an ENTRYPOINT to the last stage.');
    if (lookupCommand(image, first) === undefined) {
      return fail(`${first} is not in the image`, 'Correct the path in ENTRYPOINT or CMD, or copy the program there.');
    }
    const [started, ...others] = programsOf(image);
    // What is only an argument, such as node's script, is not started: its first line does not count.
    const files = [...(started ? behind(image, started) : []), ...others];
    for (const file of files) {
      const missing = lack(image, file, started);
      if (missing !== undefined) return fail(missing, programHint);
    }
    const told = started?.interpreter === undefined ? files : [...others, ...files];
    const elf = told.flatMap((file) => (typeof file === 'string' ? [] : (file.elf ?? [])))[0];
    if (elf === undefined) return pass(first);
    return pass(`${elf.architecture}, ${elf.interpreter ? `for ${libc(elf.interpreter)}, which is there` : 'static'}`);
  },
};

const bundles = ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/cert.pem', '/etc/pki/tls/certs/ca-bundle.crt'];

const embeds = ({ image }: Evidence, what: Sign): boolean =>
  [...image.files.values()].some(({ signs }) => signs?.includes(what));

export const caRoots: Check = {
  id: 'ca-roots',
  title: 'CA roots',
  run(evidence) {
    const { image, today } = evidence;
    const path = bundles.find((name) => image.files.has(name.slice(1)));
    if (path !== undefined) {
      const text = image.text(lookup(image, path)?.path ?? '') ?? '';
      const valid = countValid(text, today);
      if (valid > 0) return pass(`${valid} in ${path}`);
      return fail(
        `${path} holds no valid certificate`,
        'Copy the file itself, not a link; install ca-certificates in the stage before.',
      );
    }
    if (embeds(evidence, 'roots')) return pass('inside the program');
    return warn(
      'none: every HTTPS request of the program will fail',
      'Copy /etc/ssl/certs/ca-certificates.crt from a stage that has it.',
    );
  },
};

function countValid(text: string, today: string): number {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.filter((block) => {
    try {
      return Date.parse(new X509Certificate(block).validTo) > Date.parse(today);
    } catch {
      return false;
    }
  }).length;
}

const zoneHint = 'Install tzdata, copy /usr/share/zoneinfo from a stage that has it, or embed it in the program.';

/**
 * That there are none is a mistake where the image itself names one. Else only a run tells whether the program asks for
 * one; Go's compiler leaves out what would.
 */
export const timeZones: Check = {
  id: 'time-zones',
  title: 'time zones',
  run(evidence) {
    const { image } = evidence;
    const zone = lookup(image, '/usr/share/zoneinfo/Europe/Berlin');
    if (zone !== undefined && zone.size > 0) return pass('in /usr/share/zoneinfo');
    if (embeds(evidence, 'zones')) return pass('inside the program');
    const { TZ: named = '' } = image.config.env;
    if (/^:?[A-Z]\w+\/\w+/.test(named)) return fail(`none, and TZ=${named} therefore means UTC`, zoneHint);
    const programs = programsOf(image).filter(({ elf }) => elf !== undefined);
    const never =
      programs.length > 0 && programs.every(({ signs = [] }) => signs.includes('go') && !signs.includes('zone lookup'));
    if (never) return pass('none, and the program asks for none');
    return warn('none: a program that asks for one by name gets an error, or UTC', `If it does: ${zoneHint}`);
  },
};
