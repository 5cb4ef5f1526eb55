import { at, keysOf, type Project, readToml, textAt, type Value } from '@msb/core';

/** `gradle/libs.versions.toml` (https://docs.gradle.org/current/userguide/version_catalogs.html), by accessor: `spring.boot`. */
export interface Catalog {
  readonly versions: ReadonlyMap<string, string>;
  readonly plugins: ReadonlyMap<string, { readonly id: string; readonly version: string | undefined }>;
  /** `group:artifact` of each library; a bundle has several. */
  readonly libraries: ReadonlyMap<string, readonly string[]>;
}

export const catalogFile = 'gradle/libs.versions.toml';

/** `spring-boot_web` → `spring.boot.web`, as scripts spell it. */
const accessor = (alias: string): string => alias.replace(/[-_]/g, '.');

/** Reads the catalog; an empty one where there is none. Throws `broken-file`. */
export function readCatalog(project: Project): Catalog {
  const value: Value = project.has(catalogFile) ? readToml(project, catalogFile) : {};
  const table = (name: string): readonly (readonly [key: string, entry: Value])[] =>
    keysOf(at(value, name)).map((key) => [key, at(value, name, key)] as const);
  const versions = new Map(table('versions').map(([key, entry]) => [accessor(key), versionText(entry) ?? '']));
  const version = (entry: Value): string | undefined => {
    const reference = textAt(entry, 'version', 'ref');
    return reference === undefined ? versionText(at(entry, 'version')) : versions.get(accessor(reference));
  };
  const plugins = table('plugins').map(([key, entry]) => {
    const [id = '', own] = typeof entry === 'string' ? entry.split(':') : [textAt(entry, 'id'), version(entry)];
    return [accessor(key), { id, version: own }] as const;
  });
  const single = new Map(
    table('libraries').map(([key, entry]): [string, readonly string[]] => [key, [moduleOf(entry)]]),
  );
  const bundles = table('bundles').map(([key, entry]): [string, readonly string[]] => {
    const members = Array.isArray(entry) ? entry.flatMap((name) => single.get(String(name)) ?? []) : [];
    return [`bundles.${accessor(key)}`, members];
  });
  const own = [...single].map(([key, names]): [string, readonly string[]] => [accessor(key), names]);
  const libraries = new Map([...own, ...bundles]);
  return { versions, plugins: new Map(plugins), libraries };
}

/** A version is a text, or a rule with a preferred one. */
const versionText = (value: Value): string | undefined =>
  typeof value === 'string'
    ? value
    : (textAt(value, 'strictly') ?? textAt(value, 'require') ?? textAt(value, 'prefer'));

function moduleOf(entry: Value): string {
  if (typeof entry === 'string') return entry.split(':').slice(0, 2).join(':');
  return textAt(entry, 'module') ?? `${textAt(entry, 'group') ?? ''}:${textAt(entry, 'name') ?? ''}`;
}
