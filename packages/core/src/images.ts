import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MsbError, type Place } from './errors.ts';
import type { RuntimeFamily } from './families.ts';
import { templateFolder } from './render/templates.ts';

/** One version of a product: its images by variant, and the last day it is supported (YYYY-MM-DD). */
export interface ProductVersion {
  readonly eol?: string;
  /** Said where support has ended, as no build depends on the day on which it is made. */
  readonly supported?: false;
  readonly images: Readonly<Record<string, string>>;
}

/** A product such as golang or alpine. Versions are listed oldest first. */
export interface Product {
  readonly title: string;
  readonly default: string;
  readonly versions: Readonly<Record<string, ProductVersion>>;
}

let products: Readonly<Record<string, Product>> | undefined;

function readProducts(): Readonly<Record<string, Product>> {
  const file = join(templateFolder(import.meta.url, '_runtime'), '..', 'images.json');
  const { $schema: _, ...read } = JSON.parse(readFileSync(file, 'utf8'));
  return read;
}

/** Adds products that an ecosystem brings in its manifest; one of ours is replaced by one of the same name. */
export function addProducts(more: Readonly<Record<string, Product>>): void {
  products = { ...(products ?? readProducts()), ...more };
}

const addIt = 'Add it to "images" in ecosystem.json of the ecosystem that uses it.';

/** The versions we know of a product, from `templates/images.json` or a manifest; templates never spell a tag. */
export function product(name: string): Product {
  products ??= readProducts();
  const found = products[name];
  if (found === undefined) throw new MsbError('broken-template', `No image of ${name} is known`, addIt);
  return found;
}

/** The image of a product's version and variant, `baseImage('golang', '1.27', 'alpine')`. */
export function baseImage(name: string, version: string, variant: string): string {
  const image = product(name).versions[version]?.images[variant];
  if (image === undefined) {
    const open = version === 'undefined';
    const mend = open
      ? 'The plan asks for a version that nothing answered: let detect find or suggest that option.'
      : addIt;
    throw new MsbError('broken-template', `No image of ${name} ${version} ${variant} is known`, mend);
  }
  return image;
}

/** The image of a product's default version. */
export const defaultImage = (name: string, variant: string): string => baseImage(name, product(name).default, variant);

/** The error for a version that no image exists for; `wanted` is as the project spells it. */
export function unknownVersion(name: string, wanted: string, option: string, place?: Place): MsbError {
  const { title, versions } = product(name);
  const known = Object.keys(versions);
  return new MsbError(
    'unknown-version',
    `No image is known for ${title} ${JSON.stringify(wanted).slice(1, -1)}`,
    `Known are ${known.join(', ')}: choose one with --${option}, or update create-msb-docker.`,
    place,
  );
}

/** Every image that the data knows, for a check that no other is used. */
export function knownImages(): ReadonlySet<string> {
  products ??= readProducts();
  const all = Object.values(products).flatMap(({ versions }) => Object.values(versions));
  return new Set(all.flatMap(({ images }) => Object.values(images)));
}

/** The base of a family where a language brings none of its own. */
const commonBases: Readonly<Partial<Record<RuntimeFamily, readonly [name: string, variant: string]>>> = {
  alpine: ['alpine', 'runtime'],
  distroless: ['distroless-static', 'runtime'],
  slim: ['debian', 'slim'],
};

/**
 * What a program ships on: the image of its product that is named like the family (an interpreter), else the family's
 * common base; nothing for scratch.
 */
export function runtimeImage(family: RuntimeFamily, name: string, version: string): string | undefined {
  const own = product(name).versions[version]?.images[family];
  const [base, variant] = commonBases[family] ?? [];
  return own ?? (base === undefined || variant === undefined ? undefined : defaultImage(base, variant));
}
