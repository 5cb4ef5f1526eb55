import { type JsonFile, MsbError, type Note, type Project, textAt } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import { declaredManager } from './version.ts';

/** The settings of Yarn 2 and later (https://yarnpkg.com/configuration/yarnrc). */
export const settings = '.yarnrc.yml';

const lockfile = 'yarn.lock';

/** Variables that the settings take a token from. Throws `secret-in-build` for a token itself. */
export function tokens(project: Project): readonly string[] {
  const lines = [...project.matches([settings], /^[^#]*\bnpmAuth(?:Token|Ident)["']?:\s*(\S.*)$/)];
  const literal = lines.find(({ match }) => !match[1]?.includes('${'));
  if (literal) {
    throw new MsbError(
      'secret-in-build',
      `${settings} holds a token`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how Yarn spells a variable
      'Refer to a variable in place of it: npmAuthToken: "${NPM_TOKEN:-}".',
      { file: settings, line: literal.line },
    );
  }
  return [...new Set(lines.flatMap(({ match }) => /\$\{(\w+)/.exec(match[1] ?? '')?.[1] ?? []))];
}

/** What to tell of such a variable. */
export const tokenNote = (name: string): Note => ({
  message: `${settings} takes a token from ${name}, which the build does not have by itself`,
  hint: `Build with --secret id=${name},env=${name}.`,
  place: { file: settings },
});

/** Each Yarn refuses a lockfile that it would write otherwise, so that the version matters more than with others. */
export function versionNote(manifest: PackageJson, version: string): readonly Note[] {
  if (declaredManager(manifest)?.version !== undefined) return [];
  return [
    {
      message: `Nothing says which Yarn wrote ${lockfile}; the image uses ${version}, which may refuse it`,
      hint: `Name it in package.json, such as "packageManager": "yarn@${version}".`,
      place: { file: lockfile },
    },
  ];
}

/** Plug'n'Play is Yarn's default (https://yarnpkg.com/features/pnp). */
export function linkerNote(config: JsonFile | undefined, locked: boolean): readonly Note[] {
  if (!locked || (textAt(config?.value, 'nodeLinker') ?? 'pnp') !== 'pnp') return [];
  const line = config?.line('nodeLinker');
  return [
    {
      message: "The project uses Plug'n'Play; the image has the same packages in node_modules, which plain node reads",
      hint: 'Nothing to do, unless the program asks Yarn for its packages when it runs.',
      place: { file: config ? settings : lockfile, ...(line !== undefined && { line }) },
    },
  ];
}
