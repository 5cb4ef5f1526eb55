import { at, itemsOf, keysOf } from '../project/documents.ts';

/** Where in a document something is not as its schema says, and what to do. */
export interface Violation {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly mend: string;
}

type Path = Violation['path'];
type Keyword = (expected: unknown, value: unknown, path: Path, schema: unknown) => readonly Violation[];

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  object: isObject,
  string: (value) => typeof value === 'string',
};

const name = (path: Path): string => (path.length === 0 ? 'The file' : path.join('.'));
const list = (values: unknown): string => itemsOf(values).join(', ');

/** One problem, unless the value is fine. */
const unless = (fine: boolean, path: Path, message: string, mend: string): readonly Violation[] =>
  fine ? [] : [{ path, message: `${name(path)} ${message}`, mend }];

const asText = (expected: unknown, value: unknown, test: (text: string) => boolean): boolean =>
  typeof value !== 'string' || expected === undefined || test(value);

const asNumber = (value: unknown, test: (value: number) => boolean): boolean =>
  typeof value !== 'number' || test(value);

/** The words of JSON Schema that our schemas use (https://json-schema.org/draft/2020-12), each with its own check. */
const keywords: Readonly<Record<string, Keyword>> = {
  type: (type, value, path) =>
    unless(types[String(type)]?.(value) === true, path, `is no ${type}`, `Write it as ${article(String(type))}.`),
  const: (wanted, value, path) =>
    unless(value === wanted, path, `is not ${wanted}`, `Write ${JSON.stringify(wanted)}.`),
  enum: (allowed, value, path) =>
    unless(itemsOf(allowed).includes(value), path, `is ${JSON.stringify(value)}`, `Use one of ${list(allowed)}.`),
  minimum: (least, value, path) =>
    unless(
      asNumber(value, (number) => number >= Number(least)),
      path,
      'is too small',
      `Use ${least} or more.`,
    ),
  maximum: (most, value, path) =>
    unless(
      asNumber(value, (number) => number <= Number(most)),
      path,
      'is too large',
      `Use ${most} or less.`,
    ),
  minLength: (least, value, path) =>
    unless(
      asText(least, value, (text) => text.length >= Number(least)),
      path,
      'is empty',
      'Say something.',
    ),
  pattern: (pattern, value, path, schema) =>
    unless(
      asText(pattern, value, (text) => new RegExp(String(pattern), 'u').test(text)),
      path,
      `is ${JSON.stringify(value)}`,
      `${at(schema, 'description') ?? 'It has to match'}: ${pattern}`,
    ),
  minItems: (least, value, path) =>
    unless(!Array.isArray(value) || value.length >= Number(least), path, 'is empty', 'Name at least one.'),
  minProperties: (least, value, path) =>
    unless(!isObject(value) || keysOf(value).length >= Number(least), path, 'is empty', 'Name at least one.'),
  items: (schema, value, path) => itemsOf(value).flatMap((item, index) => violations(schema, item, [...path, index])),
  required: (keys, value, path) =>
    itemsOf(keys)
      .filter((key) => isObject(value) && !keysOf(value).includes(String(key)))
      .map((key) => ({ path, message: `${name(path)} lacks ${key}`, mend: `Add ${JSON.stringify(key)}.` })),
  properties: (schemas, value, path) =>
    keysOf(value)
      .filter((key) => keysOf(schemas).includes(key))
      .flatMap((key) => violations(at(schemas, key), at(value, key), [...path, key])),
  propertyNames: (schema, value, path) => keysOf(value).flatMap((key) => violations(schema, key, [...path, key])),
  additionalProperties: (schema, value, path, parent) => {
    const known = keysOf(at(parent, 'properties'));
    const others = keysOf(value).filter((key) => !known.includes(key));
    if (schema !== false) return others.flatMap((key) => violations(schema, at(value, key), [...path, key]));
    return others.map((key) => ({
      path: [...path, key],
      message: `${[...path, key].join('.')} means nothing`,
      mend: `Remove it, or correct its spelling: known are ${known.filter((word) => word !== '$schema').join(', ')}.`,
    }));
  },
};

const article = (type: string): string => `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;

/** Everything in a document that its schema does not allow, in the schema's order. */
export function violations(schema: unknown, value: unknown, path: Path = []): readonly Violation[] {
  const wrongType = keysOf(schema).includes('type') ? keywords.type?.(at(schema, 'type'), value, path, schema) : [];
  if (wrongType !== undefined && wrongType.length > 0) return wrongType; // all else would only repeat it
  return keysOf(schema).flatMap((word) => keywords[word]?.(at(schema, word), value, path, schema) ?? []);
}
