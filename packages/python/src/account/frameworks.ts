import { join, type Place, type Project, type Write } from '@msb/core';
import { type Layout, projectName } from '../layout.ts';
import { normalized } from '../names.ts';
import { venv } from '../package-managers/manager.ts';
import type { Pyproject } from '../pyproject.ts';
import { likelyHits } from '../sources.ts';
import type { CodeWrite, ProgramFiles } from './program.ts';

/** What a framework writes unasked, from the folder that the program is started in. */
interface FrameworkWrite {
  readonly package: string;
  /** The line that makes it do so. */
  readonly line: RegExp;
  /** A line that keeps it from that. */
  readonly unless?: RegExp;
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

const rows: readonly FrameworkWrite[] = [
  // the key of its sessions, where no secret_key is given
  {
    package: 'python-fasthtml',
    line: /\b(?:fast_app|FastHTML(?:WithLiveReload)?)\(/,
    unless: /\b(?:secret_key|key_fname)\s*=/,
    path: '.sesskey',
    kind: 'file',
  },
  {
    package: 'flask-session',
    line: /SESSION_TYPE["'\]]*\s*[=:]\s*["']filesystem/,
    unless: /SESSION_FILE_DIR/,
    path: 'flask_session',
    kind: 'folder',
  },
];

/** What frameworks write beside the program. */
export function frameworkWrites(project: Project, packages: ReadonlyMap<string, unknown>): readonly Write[] {
  return rows
    .filter((row) => packages.has(row.package))
    .flatMap(({ line, unless, path, kind }) => {
      const [hit] = likelyHits(project, line);
      if (hit === undefined || project.exists(path) || (unless && likelyHits(project, unless).length > 0)) return [];
      return [{ path, kind, place: { file: hit.file, line: hit.line } }];
    });
}

/**
 * Flask-SQLAlchemy looks for the file of a relative address in Flask's folder `instance`
 * (https://flask-sqlalchemy.readthedocs.io/en/stable/config/), which lies beside the modules, or in the environment where
 * they are installed.
 */
export function inInstance(
  files: ProgramFiles,
  packages: ReadonlyMap<string, unknown>,
  instance: string,
): { readonly files: ProgramFiles; readonly writes: readonly Write[] } {
  if (!packages.has('flask-sqlalchemy')) return { files, writes: [] };
  const moved = (write: CodeWrite): boolean =>
    write.mention.from === 'folder' && write.mention.scheme.startsWith('sqlite');
  const [first] = files.writes.filter(moved);
  if (first === undefined) return { files, writes: [] };
  const place: Place = first.mention.place;
  return {
    files: { ...files, writes: files.writes.filter((write) => !moved(write)) },
    writes: [{ path: instance, kind: 'folder', place }],
  };
}

/**
 * Flask's folder `instance`, from the working folder or absolute: beside the modules, or in the environment that they are
 * installed in (https://flask.palletsprojects.com/en/stable/config/#instance-folders).
 */
export function instanceOf(
  project: Project,
  pyproject: Pyproject,
  layout: Layout,
  sources: boolean,
  root = '',
): string {
  if (sources || !layout.installed) return join(root, 'instance');
  const name = normalized(projectName(project, pyproject) ?? '').replaceAll('-', '_');
  return `${venv}/var/${layout.packages[0] ?? name}-instance`;
}
