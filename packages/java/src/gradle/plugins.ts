import type { Plugin } from '../build.ts';
import type { Catalog } from './catalog.ts';
import { blocks, hits, type Script } from './script.ts';

/** A plugin that a script names, and whether it is applied there or only made known. */
export interface NamedPlugin extends Plugin {
  readonly applied: boolean;
}

const core =
  /(?:^|[;{\s])`?(java|application|java-library|war|groovy|scala|kotlin-dsl|java-platform)`?(?=\s*(?:;|$|\}))/;
/** What follows on the line: a version, or that it is not applied here. */
const rest = String.raw`([^;\n}]*)`;
const byId = new RegExp(String.raw`\bid[ \t]*\(?[ \t]*["']([\w.-]+)["'][ \t]*\)?${rest}`);
const byKotlin = new RegExp(String.raw`\bkotlin[ \t]*\([ \t]*["']([\w.-]+)["'][ \t]*\)${rest}`);
const byAlias = new RegExp(String.raw`\balias[ \t]*\(?[ \t]*libs\.plugins\.([\w.]+)[ \t]*\)?${rest}`);
const byApply = /\bapply[ \t]*\(?[ \t]*plugin[ \t]*[:=][ \t]*["']([\w.-]+)["']()/;

/** The plugins of scripts (https://docs.gradle.org/current/userguide/plugin_basics.html). */
export function pluginsIn(scripts: readonly Script[], catalog: Catalog): readonly NamedPlugin[] {
  const inBlocks = scripts.flatMap((script) => blocks(script, 'plugins'));
  const read = (pattern: RegExp, from: readonly Script[], id: (name: string) => string | undefined) =>
    hits(from, pattern).map(({ match: [, name = '', more = ''], place }) => ({
      id: id(name) ?? name,
      version: /\bversion\s*\(?\s*["']([^"'\n]+)["']/.exec(more)?.[1],
      applied: !/\bapply\s*\(?\s*false\b/.test(more),
      place,
    }));
  const alias = (name: string) => catalog.plugins.get(name.replace(/\.asProvider$|\.get$/, ''));
  return [
    ...read(byId, inBlocks, () => undefined),
    ...read(byKotlin, inBlocks, (name) => `org.jetbrains.kotlin.${name}`),
    ...hits(inBlocks, byAlias).map(({ match: [, name = '', more = ''], place }) => ({
      id: alias(name)?.id ?? name,
      version: alias(name)?.version,
      applied: !/\bapply\s*\(?\s*false\b/.test(more),
      place,
    })),
    ...read(core, inBlocks, () => undefined),
    ...read(byApply, scripts, (name) => (name === 'kotlin' ? 'org.jetbrains.kotlin.jvm' : undefined)),
  ];
}
