/** A name as all installers compare it: `Flask_SQLAlchemy` → `flask-sqlalchemy` (https://peps.python.org/pep-0503/). */
export const normalized = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** A dependency as a file of the project names it. */
export interface Requirement {
  readonly name: string;
  readonly extras: readonly string[];
  /** What stands behind the name: `>=1,<2`. */
  readonly specifier: string;
  /** What is fetched instead of a release: `git+https://…`. */
  readonly url?: string;
  /** The folder or the archive that it is built of, from the folder of the manifest: `../lib`. */
  readonly path?: string;
  /** Whether it is installed as a link to its sources. */
  readonly linked?: boolean;
}

const pattern = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:@\s*(\S+)|\(?([^;#)]*)\)?)/;

/** Reads a requirement (https://peps.python.org/pep-0508/); `undefined` for what has no name. */
export function parseRequirement(text: string): Requirement | undefined {
  const [, name, extras = '', url, specifier = ''] = pattern.exec(text) ?? [];
  if (name === undefined) return undefined;
  const path = url === undefined ? undefined : pathOf(url);
  return {
    name: normalized(name),
    extras: extras.split(',').map(normalizedExtra).filter(Boolean),
    specifier: specifier.trim(),
    ...(url !== undefined && { url }),
    ...(path !== undefined && { path }),
  };
}

/**
 * The path in an address of the project's own: `file:../lib`, PDM's `file:///${PROJECT_ROOT}/../lib`
 * (https://pdm-project.org/latest/usage/dependency/#local-dependencies), and Hatch's `{root:parent:uri}/lib`
 * (https://hatch.pypa.io/latest/config/context/#paths).
 */
export function pathOf(url: string): string | undefined {
  const plain = url.replace(/#.*$/, '');
  const [, parents, rest] = /^\{root((?::parent)*):(?:uri|real:uri)\}(.*)$/.exec(plain) ?? [];
  if (parents !== undefined) return `.${'/..'.repeat(parents.split(':parent').length - 1)}${rest ?? ''}`;
  const [, own] = /^file:(?:\/\/\/?)?\$\{PROJECT_ROOT\}(.*)$/.exec(plain) ?? [];
  if (own !== undefined) return `.${own}`;
  return /^(?:file:(?:\/\/)?)?(\.{1,2}(?:\/.*)?)$/.exec(plain)?.[1];
}

const normalizedExtra = (extra: string): string => normalized(extra.trim());

/** The requirements of a list as TOML has it; what is no text is left out. */
export const requirementsOf = (items: readonly unknown[]): readonly Requirement[] =>
  items.flatMap((item) => (typeof item === 'string' ? (parseRequirement(item) ?? []) : []));
