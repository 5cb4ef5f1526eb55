import type { Located } from '../build.ts';
import { pluginsOf, within } from './plugins.ts';
import { type Pom, placeOf } from './pom.ts';

/** Plugins that read or change a database where a step of the build is bound to them. */
const databases =
  /^(jooq-codegen-maven|flyway-maven-plugin|liquibase-maven-plugin|sql-maven-plugin|querydsl-maven-plugin|hibernate-tools-maven)$/;
/** Databases that the build itself brings: in memory, in a container or a file, or read from scripts. */
const ownDatabase = /^jdbc:(h2:|hsqldb:|derby:|sqlite:|tc:|duckdb:)/;

/** The address of a server that the build connects to, and where it stands. */
export function mavenDatabase(poms: readonly Pom[]): Located | undefined {
  for (const plugin of poms.flatMap(pluginsOf)) {
    if (!databases.test(plugin.id) || within(plugin, 'goal').length === 0) continue;
    const url = within(plugin, 'url').find(({ text }) => /^(jdbc:|\$\{)/.test(text) && !ownDatabase.test(text));
    if (url) return { value: plugin.id, place: placeOf(url) };
  }
  return undefined;
}
