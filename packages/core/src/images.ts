import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MsbError, type Place } from './errors.ts';
import { templateFolder } from './render/templates.ts';

/** One version of a product: its images by variant, and the last day it is supported (YYYY-MM-DD). */
export interface ProductVersion {
  readonly eol?: string;
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

/** The versions we know of a product, from `templates/images.json`; templates never spell a tag. */
export function product(name: string): Product {
  products ??= readProducts();
  const found = products[name];
  if (found === undefined) throw new Error(`templates/images.json has no product ${name}`);
  return found;
}

/** The image of a product's version and variant, `baseImage('golang', '1.27', 'alpine')`. */
export function baseImage(name: string, version: string, variant: string): string {
  const image = product(name).versions[version]?.images[variant];
  if (image === undefined) throw new Error(`templates/images.json has no ${name} ${version} ${variant}`);
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
