import { type Fact, MsbError, type Note, type Place, product, unknownVersion } from '@msb/core';
import type { ModFile, Word } from './modfile.ts';

/** The Go release to build with, and what asked for it. */
export interface GoVersion {
  /** Major and minor, such as 1.27. */
  readonly release: string;
  /** As the project spells it. */
  readonly wanted: string;
  readonly place: Place | undefined;
  /** The toolchain that the build downloads, such as `go1.28.0`: the project needs one that no image is known of. */
  readonly download?: string;
}

const minor = (release: string): number => Number(release.split('.')[1]);

/** `1.24.2`, `1.24rc1` or a toolchain's `1.24.2-acme` → `1.24`. Throws `unknown-version` for anything else. */
function release(wanted: string, place: Place): string {
  const [, found] = /^(1\.\d+)(?:\.\d+)?(?:(?:rc|beta)\d+)?(?:[-+][\w.-]+)?$/.exec(wanted) ?? [];
  if (found !== undefined) return found;
  throw new MsbError(
    'unknown-version',
    `${JSON.stringify(wanted)} is no Go version`,
    'Write it like 1.27 or 1.27.3.',
    place,
  );
}

/** The `go` line is the least that a module needs (https://go.dev/ref/mod#go-mod-file-go). Throws `bad-option`. */
function refuseOlder({ go }: ModFile, wanted: string): void {
  if (go === undefined) return;
  const place = { file: 'go.mod', line: go.line };
  if (minor(release(go.value, place)) <= minor(wanted)) return;
  throw new MsbError(
    'bad-option',
    `Go ${wanted} can't build this module, which asks for ${go.value}`,
    'Leave --go-version out, or lower the go line.',
    place,
  );
}

/** A file with a `go` or a `toolchain` line: go.mod, or the go.work that takes part. */
export interface Versions {
  readonly file: string;
  readonly go: Word | undefined;
  readonly toolchain: Word | undefined;
}

/**
 * A newer Go builds every older module as its `go` line says (https://go.dev/doc/toolchain), and the image does not
 * download another toolchain (GOTOOLCHAIN=local). So: the newest of the `go` lines, which are the least that is needed,
 * and of the `toolchain` lines, which are a wish that the newest image known fulfils as well as it can; but no release
 * that is out of support. A `go` line newer than every image known has the newest of them download that toolchain.
 */
export function chooseGo(mod: ModFile, wanted: string | undefined, work?: Versions): GoVersion {
  const known = Object.keys(product('golang').versions);
  if (wanted !== undefined) {
    if (!known.includes(wanted)) throw unknownVersion('golang', wanted, 'go-version');
    refuseOlder(mod, wanted);
    return { release: wanted, wanted, place: undefined };
  }
  const files = [{ ...mod, file: 'go.mod' }, ...(work ? [work] : [])];
  const needed = files.flatMap(({ file, go }) => asked(file, go));
  const wished = files.flatMap(({ file, toolchain }) => asked(file, toolchain));
  const [oldest = '', last = ''] = [known[0], known.at(-1)];
  const [unknown] = newestFirst(needed.filter(({ release }) => minor(release) > minor(last)));
  if (unknown) return { ...unknown, release: last, download: toolchainOf(unknown.wanted) };
  const [newest] = newestFirst([...needed, ...wished]);
  if (newest === undefined) return { release: oldest, wanted: oldest, place: undefined };
  return { ...newest, release: known.find((release) => minor(release) >= minor(newest.release)) ?? last };
}

const newestFirst = <T extends GoVersion>(versions: readonly T[]): readonly T[] =>
  [...versions].sort((a, b) => minor(b.release) - minor(a.release));

/** `1.28` → `go1.28.0`, its first release (https://go.dev/doc/toolchain#version); what is more exact stays. */
const toolchainOf = (wanted: string): string => `go${wanted.replace(/^(1\.\d+)$/, '$1.0').replace(/[-+].*$/, '')}`;

/** What is said where the build downloads its toolchain. */
export function downloadNotes({ release, wanted, download, place }: GoVersion): readonly Note[] {
  if (download === undefined) return [];
  const message = `Go ${wanted} is newer than every image that is known here, so that of ${release} downloads it`;
  const hint = 'A later create-msb-docker will know an image; until then the first build takes a little longer.';
  return [{ message, hint, ...(place && { place }) }];
}

/** The version that a line asks for. */
function asked(file: string, word: Word | undefined): readonly (GoVersion & { readonly place: Place })[] {
  if (word === undefined || word.value === 'default') return [];
  const place = { file, line: word.line };
  return [{ release: release(word.value, place), wanted: word.value, place }];
}

/** A version as the project spells it, and the image's where that is another one. */
export const versionFact = ({ release, wanted, download, place }: GoVersion): Fact => ({
  name: 'Go',
  value: download || new RegExp(`^${release}(?!\\d)`).test(wanted) ? wanted : `${wanted}, built with ${release}`,
  ...(place && { place }),
});

/** Whether `go build` takes vendored modules unasked: from `go 1.14` on (https://go.dev/ref/mod#vendoring). */
export const vendorsByItself = ({ go }: ModFile): boolean => go !== undefined && minor(go.value) >= 14;
