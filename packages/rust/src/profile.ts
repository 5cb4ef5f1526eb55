import { at, type Fact, type Place } from '@msb/core';
import type { CargoFile } from './cargofile.ts';
import type { CargoConfig } from './config.ts';

/** What a build adds to the release profile, which stays as it is. */
export interface Profile {
  /** Variables for what the project leaves open. */
  readonly env: Readonly<Record<string, string>>;
  /** The link-time optimization among them. */
  readonly lto: string | undefined;
  readonly fact: Fact;
}

/** Kinds of link-time optimization; `off` leaves it to Cargo, and the codegen units too. */
export type Lto = 'thin' | 'fat' | 'off';

interface Setting {
  readonly key: string;
  readonly value: string;
  readonly says: string;
}

/**
 * Completes the release profile of the workspace by variables, which go before manifests
 * (https://doc.rust-lang.org/cargo/reference/config.html#profile). With thin LTO and one codegen unit mini-redis and the
 * axum fixture became 14 and 12 % smaller, ran 10 and 9 % fewer instructions a request, and compiled from nothing in
 * about the same time; a change took 2 to 3 times as long. One unit alone makes them as small, but not as fast (3 %).
 */
export function completeProfile(root: CargoFile, config: CargoConfig, lto: Lto): Profile {
  const settings: readonly Setting[] = [
    { key: 'strip', value: 'symbols', says: 'stripped' },
    ...(lto === 'off'
      ? []
      : [
          { key: 'lto', value: lto, says: `${lto} LTO` },
          { key: 'codegen-units', value: '1', says: 'one codegen unit' },
        ]),
  ];
  const own = settings.flatMap(({ key }) => placeOf(key, root, config) ?? []);
  const open = settings.filter(({ key }) => placeOf(key, root, config) === undefined);
  const [place] = own;
  const value = open.length > 0 ? open.map(({ says }) => says).join(', ') : "the project's own";
  return {
    env: Object.fromEntries(open.map(({ key, value }) => [variable(key), value])),
    lto: open.find(({ key }) => key === 'lto')?.value,
    fact: {
      name: 'release profile',
      value: place && open.length > 0 ? `${value}, the rest is the project's own` : value,
      ...(place && { place }),
    },
  };
}

const variable = (key: string): string => `CARGO_PROFILE_RELEASE_${key.replaceAll('-', '_').toUpperCase()}`;

/** Where the project sets a key of its release profile. */
const placeOf = (key: string, root: CargoFile, config: CargoConfig): Place | undefined =>
  at(root.value, 'profile', 'release', key) === undefined ? config.inRelease(key) : root.place('profile.release', key);
