import { MsbError, type Place, type Project, product, readToml, textAt, unknownVersion } from '@msb/core';
import { keyLine } from './cargofile.ts';
import type { Workspace } from './workspace.ts';

/** The Rust release to build with, and what asked for it. */
export interface Toolchain {
  /** Major and minor, such as 1.98. */
  readonly release: string;
  /** What asked for it, in words. */
  readonly reason: string;
  readonly place: Place | undefined;
  /** The file that would make rustup switch to another toolchain. */
  readonly file: string | undefined;
}

/** Where rustup looks, the first wins (https://rust-lang.github.io/rustup/overrides.html#the-toolchain-file). */
const files = ['rust-toolchain', 'rust-toolchain.toml'] as const;

interface Pin {
  readonly channel: string;
  readonly place: Place;
}

/** Reads the channel of a toolchain file, which may be just its name. Throws `broken-file`. */
function readPin(project: Project, file: string): Pin | undefined {
  const text = project.mustText(file);
  if (!text.includes('[')) return { channel: text.trim(), place: { file, line: 1 } };
  const channel = textAt(readToml(project, file), 'toolchain', 'channel');
  const line = keyLine(text, 'toolchain', 'channel');
  return channel === undefined ? undefined : { channel, place: { file, ...(line && { line }) } };
}

/** The pin of asdf or mise, which stands beside one of rustup or for it. */
const managers: readonly (readonly [file: string, line: RegExp])[] = [
  ['.tool-versions', /^rust\s+(\S+)/],
  ['mise.toml', /^rust\s*=\s*"([^"]+)"/],
  ['.mise.toml', /^rust\s*=\s*"([^"]+)"/],
];

function managedPin(project: Project): Pin | undefined {
  for (const [file, line] of managers) {
    const hit = project.search([file], [line]);
    const channel = hit?.match[1];
    if (hit && channel !== undefined) return { channel, place: { file, line: hit.line } };
  }
  return undefined;
}

const minor = (version: string): number => Number(version.split('.')[1] ?? 0);

/**
 * Decides the release: the option, else the channel that the project pins, else the newest. `rust-version` and
 * the edition are minima, and a newer compiler builds older code (https://blog.rust-lang.org/2014/10/30/Stability/).
 * Throws `unknown-version` for a release without an image, `unsupported` for nightly and beta.
 */
export function chooseToolchain(project: Project, workspace: Workspace, wanted: string | undefined): Toolchain {
  const { versions, default: newest } = product('rust');
  const file = files.find((name) => project.has(name));
  const pin = (file === undefined ? undefined : readPin(project, file)) ?? managedPin(project);
  if (wanted !== undefined) {
    if (versions[wanted] === undefined) throw unknownVersion('rust', wanted, 'rust-version');
    return { release: wanted, reason: 'chosen', place: undefined, file };
  }
  if (pin !== undefined && !['stable', 'latest'].includes(pin.channel)) {
    return { release: pinned(pin), reason: `pinned to ${pin.channel}`, place: pin.place, file };
  }
  const minimum = workspace.members
    .flatMap(({ rustVersion }) => (rustVersion ? [rustVersion] : []))
    .sort((a, b) => minor(b.value) - minor(a.value))[0];
  if (minimum !== undefined) {
    if (minor(minimum.value) > minor(newest))
      throw unknownVersion('rust', minimum.value, 'rust-version', minimum.place);
    return {
      release: newest,
      reason: `the newest; ${minimum.value} is the oldest allowed`,
      place: minimum.place,
      file,
    };
  }
  return { release: newest, reason: 'the newest', place: pin?.place, file };
}

/** The release that a channel names. */
function pinned({ channel, place }: Pin): string {
  const [, release] = /^(1\.\d+)(?:\.\d+)?$/.exec(channel.replace(/-(x86_64|aarch64)-[\w-]+$/, '')) ?? [];
  if (release === undefined) {
    throw new MsbError(
      'unsupported',
      `The channel ${JSON.stringify(channel)} has no official image`,
      'Pin a stable release such as 1.98, or choose one for the image with --rust-version 1.98.',
      place,
    );
  }
  if (product('rust').versions[release] === undefined) throw unknownVersion('rust', channel, 'rust-version', place);
  return release;
}
