import { MsbError } from '../errors.ts';
import type { OptionSchema, OptionValue } from './schema.ts';

/** `goVersion` → `--go-version`. */
export const flagName = (option: string): string =>
  `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** What is wrong with a value; `undefined` when nothing is. Each of a schema's words has its own check. */
function problem(schema: OptionSchema, value: OptionValue): string | undefined {
  const text = String(value).trim();
  if (text === '' || (typeof value === 'boolean' && schema.type !== 'boolean')) return 'needs a value';
  if (schema.enum !== undefined && !schema.enum.includes(text)) return `must be ${schema.enum.join(' or ')}`;
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(text)) {
    return `must look like ${schema.pattern}`;
  }
  if (schema.type === 'boolean' && !/^(true|false)$/.test(text)) return 'must be true or false';
  return schema.type === 'integer' ? wholeNumber(schema, text) : undefined;
}

function wholeNumber(schema: OptionSchema, text: string): string | undefined {
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = schema;
  const fits = /^-?\d+$/.test(text) && Number(text) >= minimum && Number(text) <= maximum;
  return fits ? undefined : `must be a whole number from ${minimum} to ${maximum}`;
}

/** Turns what was given into the option's own type. Throws `bad-option` for a value that the schema does not allow. */
export function validate(name: string, schema: OptionSchema, value: OptionValue): OptionValue {
  const found = problem(schema, value);
  if (found !== undefined) {
    throw new MsbError(
      'bad-option',
      `${flagName(name)} ${found}, not ${JSON.stringify(value)}`,
      `${flagName(name)}: ${schema.description}.`,
    );
  }
  const text = String(value).trim();
  if (schema.type === 'integer') return Number(text);
  return schema.type === 'boolean' ? text === 'true' : text;
}
