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
}

const pattern = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:@\s*(\S+)|\(?([^;#)]*)\)?)/;

/** Reads a requirement (https://peps.python.org/pep-0508/); `undefined` for what has no name. */
export function parseRequirement(text: string): Requirement | undefined {
  const [, name, extras = '', url, specifier = ''] = pattern.exec(text) ?? [];
  if (name === undefined) return undefined;
  return {
    name: normalized(name),
    extras: extras.split(',').map(normalizedExtra).filter(Boolean),
    specifier: specifier.trim(),
    ...(url !== undefined && { url }),
  };
}

const normalizedExtra = (extra: string): string => normalized(extra.trim());

/** The requirements of a list as TOML has it; what is no text is left out. */
export const requirementsOf = (items: readonly unknown[]): readonly Requirement[] =>
  items.flatMap((item) => (typeof item === 'string' ? (parseRequirement(item) ?? []) : []));
