import { join, type Project } from '@msb/core';
import { blocks, firstGroup, hits, readScript, type Script } from './script.ts';

/** `settings.gradle` (https://docs.gradle.org/current/userguide/settings_file_basics.html). */
export interface Settings {
  readonly script: Script | undefined;
  readonly name: string | undefined;
  /** Paths of the projects, without the first colon, and their folders. */
  readonly projects: readonly { readonly path: string; readonly folder: string }[];
  /** Whether a plugin downloads toolchains (https://docs.gradle.org/current/userguide/toolchains.html#sub:download_repositories). */
  readonly fetchesJdks: boolean;
  /** Folders of builds whose plugins this one uses. */
  readonly builds: readonly string[];
}

/** `settings.gradle`, or the same in Kotlin. */
export const scriptIn = (project: Project, folder: string, name: string): Script | undefined =>
  readScript(project, join(folder, `${name}.gradle`)) ?? readScript(project, join(folder, `${name}.gradle.kts`));

/** Reads the settings of a build; those of a single project may be missing. */
export function readSettings(project: Project): Settings {
  const script = scriptIn(project, '', 'settings');
  const scripts = script ? [script] : [];
  const moved = new Map(
    hits(
      scripts,
      /project\(\s*["']:([\w:.-]+)["']\s*\)\.projectDir\s*=\s*(?:new\s+File\(\s*\w+\s*,\s*|file\(\s*)["']([\w./-]+)["']/,
    ).map(({ match: [, path = '', folder = ''] }) => [path, join(folder)] as const),
  );
  // `include` may go on over several lines, up to a line that does not end in a comma
  const included = hits(scripts, /^\s*include\b\s*\(?((?:\s*["'][^"'\n]+["']\s*,?)+)/).flatMap(({ match }) =>
    [...(match[1] ?? '').matchAll(/["']:?([^"'\n]+)["']/g)].map(([, path = '']) => path),
  );
  const projects = [...new Set(included)].map((path) => ({
    path,
    folder: moved.get(path) ?? join(path.replaceAll(':', '/')),
  }));
  return {
    script,
    name: firstGroup(scripts, /rootProject\.name\s*=\s*["']([^"'\n]+)["']/)?.value,
    projects: projects.filter(({ folder }) => !join(project.folder, folder).startsWith('..')),
    fetchesJdks: hits(scripts, /foojay-resolver/).length > 0,
    builds: hits(scripts, /\bincludeBuild\s*\(?\s*["']([\w./-]+)["']/).map(({ match }) => join(match[1] ?? '')),
  };
}

/** Blocks of a root script that its projects get. */
export const sharedBlocks = (root: Script | undefined): readonly Script[] =>
  root ? ['subprojects', 'allprojects'].flatMap((name) => blocks(root, name)) : [];
