import type { PackageJson } from '../../package-json.ts';

/** The first major version that a range allows; `undefined` for a tag, or where it is no dependency. */
function majorOf({ production, development }: PackageJson, name: string): number | undefined {
  const spec = (production.get(name) ?? development.get(name))?.spec ?? '';
  const [, major] = /^[^\d]*(\d+)/.exec(spec) ?? [];
  return major === undefined ? undefined : Number(major);
}

/**
 * webpack 4 hashes with MD4, which OpenSSL 3 has only as a legacy algorithm: `error:0308010C:digital envelope
 * routines::unsupported` (https://nodejs.org/en/blog/release/v17.0.0#openssl-3-0). `name` is a package that brings it
 * below its version `until`.
 */
export const legacyHashes = (manifest: PackageJson, name: string, until: number): Readonly<Record<string, string>> =>
  (majorOf(manifest, name) ?? until) < until ? { NODE_OPTIONS: '--openssl-legacy-provider' } : {};
