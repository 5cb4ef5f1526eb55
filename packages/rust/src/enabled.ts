import { at, keysOf, type Place, textAt, type Value } from '@msb/core';
import { dependencyTables, textsOf } from './cargofile.ts';
import type { Package } from './package.ts';
import { mayBeLinux } from './platform.ts';
import type { Workspace } from './workspace.ts';

/** A dependency as a package declares it, with what it takes from its workspace filled in. */
interface Entry {
  /** The crate's own name, which `package = "…"` gives where the key is another. */
  readonly crate: string;
  readonly optional: boolean;
  readonly features: readonly string[];
  readonly defaults: boolean;
  readonly version: string;
  readonly place: Place;
}

/** A package that is built, and its features. */
export interface Root {
  readonly owner: Package;
  readonly features: readonly string[];
}

/** A crate from elsewhere, as packages of the project ask for it. */
export interface External {
  readonly features: ReadonlySet<string>;
  readonly version: string;
  readonly place: Place;
}

/** What the packages of a project take in. */
export interface Enabled {
  /** The crates that each package is built with, by the package's name. */
  readonly crates: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of all features that they ask of crates from elsewhere. */
  readonly features: ReadonlySet<string>;
  /** The crates from elsewhere that they name, each with the features and the version that they ask of it. */
  readonly external: ReadonlyMap<string, External>;
  /** Whether a package of the project has a feature turned on. */
  has(owner: Package, feature: string): boolean;
}

/**
 * The crates that the packages of a project are built with: without those of tests, of other platforms, and of
 * features that are off (https://doc.rust-lang.org/cargo/reference/features.html). Cargo.lock has them all.
 */
export function enabledBy(workspace: Workspace, roots: readonly Root[]): Enabled {
  const used = new Map<string, Set<string>>();
  const asked = new Set<string>();
  const external = new Map<string, External & { readonly features: Set<string> }>();
  const seen = new Set<string>();
  const weak: (() => void)[] = [];

  function once(key: string, action: () => void): void {
    if (seen.has(key)) return;
    seen.add(key);
    action();
  }

  function visit(owner: Package, features: readonly string[]): void {
    once(owner.name, () => {
      used.set(owner.name, new Set());
      for (const [key, { optional }] of entriesOf(workspace, owner)) if (!optional) depend(owner, key);
    });
    for (const feature of features) activate(owner, feature);
  }

  function depend(owner: Package, key: string): void {
    once(`${owner.name} uses ${key}`, () => {
      for (const [, entry] of entriesOf(workspace, owner).filter(([name]) => name === key)) {
        used.get(owner.name)?.add(entry.crate);
        visitCrate(entry, [...(entry.defaults ? ['default'] : []), ...entry.features]);
      }
    });
  }

  function visitCrate({ crate, version, place }: Entry, features: readonly string[]): void {
    const local = workspace.packages.find(({ name }) => name === crate);
    if (local) {
      visit(local, features);
      return;
    }
    const known = external.get(crate) ?? { features: new Set(), version, place };
    external.set(crate, known);
    for (const feature of features) {
      asked.add(feature);
      known.features.add(feature);
    }
  }

  function activate(owner: Package, feature: string): void {
    once(`${owner.name} ${feature}`, () => {
      const [, key = '', hint, inner] = /^(?:dep:)?([^/?]+)(\?)?(?:\/(.+))?$/.exec(feature) ?? [];
      const items = feature === key ? textsOf(at(owner.cargo.value, 'features', feature)) : [];
      for (const item of items) activate(owner, item);
      if (hint) weak.push(() => seen.has(`${owner.name} uses ${key}`) && passOn(owner, key, inner));
      else {
        depend(owner, key);
        if (inner !== undefined) activate(owner, key);
        passOn(owner, key, inner);
      }
    });
  }

  function passOn(owner: Package, key: string, feature: string | undefined): void {
    if (feature === undefined) return;
    for (const [name, entry] of entriesOf(workspace, owner)) if (name === key) visitCrate(entry, [feature]);
  }

  for (const { owner, features } of roots) visit(owner, ['default', ...features]);
  for (const action of weak) action();
  return { crates: used, features: asked, external, has: (owner, feature) => seen.has(`${owner.name} ${feature}`) };
}

/** What a package depends on when it is built for Linux, by the names that its own code and features use. */
function entriesOf({ root }: Workspace, { cargo }: Package): readonly (readonly [key: string, entry: Entry])[] {
  const tables = dependencyTables(cargo.value).filter(
    ({ kind, target }) => kind !== 'dev-dependencies' && (target === undefined || mayBeLinux(target)),
  );
  return tables.flatMap(({ kind, target, table }) =>
    keysOf(table).map((key) => {
      const entry = entryOf(key, at(table, key), at(root.value, 'workspace', 'dependencies', key));
      return [key, { ...entry, place: cargo.place(target ? `target.${target}.${kind}` : kind, key) }] as const;
    }),
  );
}

function entryOf(key: string, own: Value, shared: Value): Omit<Entry, 'place'> {
  const base = at(own, 'workspace') === true ? shared : own;
  const defaults = at(own, 'default-features') ?? at(base, 'default-features') ?? at(base, 'default_features');
  return {
    crate: textAt(base, 'package') ?? key,
    optional: at(own, 'optional') === true,
    features: [...new Set([...textsOf(at(base, 'features')), ...textsOf(at(own, 'features'))])],
    defaults: defaults !== false,
    version: (typeof base === 'string' ? base : textAt(base, 'version')) ?? '',
  };
}
