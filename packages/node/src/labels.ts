import { at, oneLine, textAt } from '@msb/core';
import type { PackageJson } from './package-json.ts';

const hosts: Readonly<Record<string, string>> = {
  github: 'https://github.com/',
  gitlab: 'https://gitlab.com/',
  bitbucket: 'https://bitbucket.org/',
};

/**
 * A repository as npm allows it (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#repository), as an
 * address to open: `git+ssh://git@github.com/a/b.git` and `github:a/b` → `https://github.com/a/b`.
 */
export function repositoryUrl(repository: string): string | undefined {
  const [, host = 'github', path] = /^(?:(\w+):)?([\w.-]+\/[\w.-]+)$/.exec(repository) ?? [];
  if (path !== undefined) return hosts[host] === undefined ? undefined : `${hosts[host]}${path}`;
  const [, domain, rest] = /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/]+@)?([\w.-]+)\/(\S+)$/.exec(repository) ?? [];
  return domain === undefined ? undefined : `https://${domain}/${rest?.replace(/\.git$/, '')}`;
}

/** Labels that say what the image holds (https://specs.opencontainers.org/image-spec/annotations/). */
export function labels({ json }: PackageJson, name: string): Readonly<Record<string, string>> {
  const description = textAt(json.value, 'description');
  const license = textAt(json.value, 'license');
  const named = textAt(json.value, 'repository') ?? textAt(at(json.value, 'repository'), 'url');
  const source = named === undefined ? undefined : repositoryUrl(oneLine(named));
  return {
    'org.opencontainers.image.title': name,
    ...(description && { 'org.opencontainers.image.description': oneLine(description) }),
    ...(license && license !== 'UNLICENSED' && { 'org.opencontainers.image.licenses': oneLine(license) }),
    ...(source && { 'org.opencontainers.image.source': source }),
  };
}
