import type { Project } from '@msb/core';
import type { PublicVariable } from './framework.ts';

const code = /\.([cm]?[jt]sx?|vue|svelte|astro)$/;
const test = /(^|\/)(tests?|__tests__|e2e|cypress)\/|\.(test|spec|stories|d)\.[cm]?[jt]sx?$/;

/** Variables that a platform sets by itself; nobody hands them to a build. */
const ofPlatform = /_(VERCEL|NETLIFY)_/;

/**
 * The variables with a prefix such as `NEXT_PUBLIC_` that the code names, sorted. Their values end up in what browsers
 * get, so that they are no secrets; one in .env.production, which people share, is taken over, since no .env file
 * reaches the build.
 */
export function publicVariables(project: Project, prefix: string): readonly PublicVariable[] {
  const files = project.sources().filter((file) => code.test(file) && !test.test(file));
  const found = new Map<string, PublicVariable>();
  for (const { file, line, match } of project.matches(files, new RegExp(`\\b${prefix}[A-Z0-9_]+`))) {
    for (const [name] of match.input.matchAll(new RegExp(`\\b${prefix}[A-Z0-9_]+`, 'g'))) {
      if (!ofPlatform.test(name) && !found.has(name)) found.set(name, { name, place: { file, line } });
    }
  }
  for (const { file, line, match } of project.matches(['.env.production'], /^\s*(?:export\s+)?(\w+)\s*=\s*(.*)$/)) {
    const [, name = '', text = ''] = match;
    const value = unquoted(text);
    if (name.startsWith(prefix) && value !== undefined) found.set(name, { name, value, place: { file, line } });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The value of a line of an .env file; `undefined` for one that refers to another variable, or that has no value. */
function unquoted(text: string): string | undefined {
  const [, quote, inner = ''] = /^(["'`])(.*?)\1/.exec(text) ?? [];
  const value = quote === undefined ? text.replace(/\s+#.*$/, '').trim() : inner;
  return value === '' || value.includes('$') ? undefined : value;
}
