import { ignoreMatcher, type Project } from '@msb/core';
import type { PublicVariable } from './framework.ts';

const code = /\.([cm]?[jt]sx?|vue|svelte|astro)$/;
const test = /(^|\/)(tests?|__tests__|e2e|cypress)\/|\.(test|spec|stories|d)\.[cm]?[jt]sx?$/;

/** Variables that a platform sets by itself; nobody hands them to a build. */
const ofPlatform = /_(VERCEL|NETLIFY)_/;

/** Files that tell which variables there are; their values are examples. */
const examples = ['.env.example', '.env.sample', '.env.template', '.env.dist'];

const assignment = /^\s*(?:export\s+)?(\w+)\s*=\s*(.*)$/;

/**
 * The variables with a prefix such as `NEXT_PUBLIC_` that the code or an example of an environment names, sorted. Their
 * values end up in what browsers get, so that they are no secrets; those in files that people share are taken over,
 * since no .env file reaches the build.
 */
export function publicVariables(project: Project, prefix: string): readonly PublicVariable[] {
  const sources = project.sources().filter((file) => code.test(file) && !test.test(file));
  const files = [...sources, ...examples.filter((file) => project.has(file))];
  const name = new RegExp(String.raw`\b${prefix}[A-Z0-9_]*[A-Z0-9]\b`);
  const variables = new Map<string, PublicVariable>();
  for (const { file, line, match } of project.matches(files, name)) {
    for (const [found] of match.input.matchAll(new RegExp(name, 'g'))) {
      if (!ofPlatform.test(found) && !variables.has(found))
        variables.set(found, { name: found, place: { file, line } });
    }
  }
  for (const { file, line, match } of project.matches(sharedFiles(project), assignment)) {
    const [, key = '', text = ''] = match;
    const value = unquoted(text);
    if (key.startsWith(prefix) && value !== undefined) {
      variables.set(key, { name: key, value, place: { file, line } });
    }
  }
  return [...variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The files that Git has, too, what is for production last: one that it ignores is of this machine. */
const sharedFiles = (project: Project): readonly string[] => {
  const ignored = ignoreMatcher(project.text('.gitignore') ?? '');
  return ['.env', '.env.production'].filter((file) => !ignored(file));
};

/** The value of a line of an .env file; `undefined` for one that refers to another variable, or that has no value. */
function unquoted(text: string): string | undefined {
  const [, quote, inner = ''] = /^(["'`])(.*?)\1/.exec(text) ?? [];
  const value = quote === undefined ? text.replace(/\s+#.*$/, '').trim() : inner;
  return value === '' || value.includes('$') ? undefined : value;
}
