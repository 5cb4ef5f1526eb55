import type { Located, Plugin } from '../build.ts';
import { hits, type Script } from './script.ts';

/** Plugins that can be left out: what they make is only told about. */
const leftOut: Readonly<Record<string, string>> = {
  'com.gorylenko.gradle-git-properties': '-x generateGitProperties',
};

/** Plugins that take the version from Git; most fail where there is none. */
const askGit =
  /^(com\.palantir\.git-version|pl\.allegro\.tech\.build\.axion-release|(com\.netflix\.)?nebula\.release|org\.ajoberstar\.(grgit|reckon)[\w.-]*|fr\.brouillard\.oss\.gradle\.jgitver|me\.qoomon\.git-versioning|net\.nemerosa\.versioning|com\.github\.jmongard\.git-semver-plugin|com\.glovoapp\.semantic-versioning|org\.shipkit\.[\w-]+|io\.github\.reactivecircus\.app-versioning)$/;
const calls =
  /["']git["']\s*,\s*["'][\w-]+["']|["']git\s+(?:rev-parse|describe|log|show|branch|tag|status|rev-list|config)\b[^"']*["']|\bGrgit\.open\b|\bexecutable\s*[=(]?\s*["']git["']/;

/** Arguments that switch off what could not do its work in an image. */
export const gradleArgs = (plugins: readonly Plugin[]): readonly string[] => [
  ...new Set(plugins.flatMap(({ id }) => (Object.hasOwn(leftOut, id) ? [leftOut[id] ?? ''] : []))),
];

/** Where scripts ask Git. */
export function gradleGit(scripts: readonly Script[], plugins: readonly Plugin[]): Located | undefined {
  const plugin = plugins.find(({ id }) => askGit.test(id));
  if (plugin) return { value: plugin.id, place: plugin.place };
  const [call] = hits(scripts, calls);
  return call && { value: 'git', place: call.place };
}

/** Plugins that generate code from a database, and the address of a server, which is not there in a build. */
const databases = /^(nu\.studer\.jooq|org\.jooq\.jooq-codegen-gradle|org\.flywaydb\.flyway|org\.liquibase\.gradle)$/;

/** The address of a server that the build connects to. What only the user's own calls reach is nothing of the build. */
export function gradleDatabase(scripts: readonly Script[], plugins: readonly Plugin[]): Located | undefined {
  const plugin = plugins.find(({ id }) => databases.test(id));
  const jooq = plugins.some(({ id }) => /jooq/.test(id));
  if (plugin === undefined || !jooq) return undefined;
  const [address] = hits(scripts, /["']jdbc:(?!h2:|hsqldb:|derby:|sqlite:|tc:)[^"'\n]+["']/);
  return address && { value: plugin.id, place: address.place };
}
