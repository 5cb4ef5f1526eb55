import { createHash } from 'node:crypto';
import { normalized } from '../names.ts';

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What Pipenv takes where a Pipfile names no source. */
const pypi = [{ name: 'pypi', url: 'https://pypi.org/simple', verify_ssl: true }];

/** Tables that are no list of packages. */
const others = new Set(['source', 'packages', 'dev-packages', 'requires', 'scripts', 'pipfile', 'pipenv']);

/**
 * The hash by which Pipfile.lock says of which Pipfile it was made (pipenv/vendor/plette/pipfiles.py, get_hash).
 * `names` is what Pipenv makes of the names of packages there: it took them as they were written (2026.2.0 still does),
 * until `Django` became `django` (pipenv/utils/pipfile.py of 2026.10.3, calculate_hash). So an older lockfile can be right and yet be
 * "out-of-date" to `pipenv verify`.
 */
export function pipfileHash(pipfile: unknown, names: 'as written' | 'normalized'): string {
  const file = isTable(pipfile) ? pipfile : {};
  const packages = (table: unknown): unknown =>
    names === 'normalized' && isTable(table)
      ? Object.fromEntries(Object.entries(table).map(([name, wanted]) => [normalized(name), wanted]))
      : (table ?? {});
  const categories = Object.entries(file).filter(([name]) => !others.has(name));
  return createHash('sha256')
    .update(
      pythonJson({
        ...Object.fromEntries(categories.map(([name, table]) => [name, packages(table)])),
        _meta: { sources: file.source ?? pypi, requires: file.requires ?? {} },
        default: packages(file.packages),
        develop: packages(file['dev-packages']),
      }),
    )
    .digest('hex');
}

/** `json.dumps(value, sort_keys=True, separators=(",", ":"))`: ASCII alone, and keys in the order of their characters. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(',')}]`;
  if (isTable(value)) {
    const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
    return `{${keys.map((key) => `${pythonJson(key)}:${pythonJson(value[key])}`).join(',')}}`;
  }
  return (JSON.stringify(value) ?? 'null').replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
