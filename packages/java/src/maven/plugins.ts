import { type Xml, xmlAt } from '@msb/core';
import type { Located, Plugin } from '../build.ts';
import { filled, type Pom, placeOf, textOf } from './pom.ts';
import { sections } from './profiles.ts';

/** A plugin as the pom.xml and those that it inherits from configure it. */
export interface MavenPlugin extends Plugin {
  /** Its elements, those that count first. */
  readonly elements: readonly Xml[];
}

const named = (list: Xml | undefined, artifact: string): readonly Xml[] =>
  (list?.children('plugin') ?? []).filter((plugin) => xmlAt(plugin, 'artifactId')?.text === artifact);

/** The plugins that take part in the build of a pom.xml, by artifactId. */
export function pluginsOf(pom: Pom): readonly MavenPlugin[] {
  const found = new Map<string, Xml>();
  for (const section of sections(pom)) {
    for (const plugin of xmlAt(section, 'build', 'plugins')?.children('plugin') ?? []) {
      const id = xmlAt(plugin, 'artifactId')?.text ?? '';
      if (!found.has(id)) found.set(id, plugin);
    }
  }
  return [...found].map(([id, first]) => {
    const elements = sections(pom).flatMap((section) => [
      ...named(xmlAt(section, 'build', 'plugins'), id),
      ...named(xmlAt(section, 'build', 'pluginManagement', 'plugins'), id),
    ]);
    const version = elements.map((plugin) => xmlAt(plugin, 'version')?.text).find((text) => text !== undefined);
    return { id, version: version && filled(pom, version), place: placeOf(first), elements };
  });
}

/** A value of a plugin's configuration, its own or that of one of its executions; the nearest counts. */
export function configured(pom: Pom, plugin: MavenPlugin | undefined, ...path: readonly string[]): Located | undefined {
  for (const element of plugin?.elements ?? []) {
    const executions = xmlAt(element, 'executions')?.children('execution') ?? [];
    for (const scope of [element, ...executions]) {
      const found = textOf(pom, xmlAt(scope, 'configuration', ...path));
      if (found) return found;
    }
  }
  return undefined;
}

/** All elements of one name anywhere in what configures a plugin. */
export function within(plugin: MavenPlugin | undefined, name: string): readonly Xml[] {
  const inside = (xml: Xml): readonly Xml[] => [...(xml.name === name ? [xml] : []), ...xml.children().flatMap(inside)];
  return (plugin?.elements ?? []).flatMap(inside);
}
