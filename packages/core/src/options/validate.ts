import { MsbError } from '../errors.ts';
import type { OptionSchema, OptionValue } from './schema.ts';

/** `goVersion` → `--go-version`. */
export const flagName = (option: string): string =>
  `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function reason(schema: OptionSchema, value: OptionValue): string | undefined {
  if (schema.enum !== undefined && !schema.enum.includes(String(value))) return `must be ${schema.enum.join(' or ')}`;
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(String(value))) {
    return `must look like ${schema.pattern}`;
  }
  if (schema.type === 'integer') {
    const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = schema;
    const number = Number(value);
    if (!Number.isInteger(number) || number < minimum || number > maximum) {
      return `must be a whole number from ${minimum} to ${maximum}`;
    }
  }
  return undefined;
}

/** Turns what was given into the option's own type. Throws `bad-option` for a value that the schema does not allow. */
export function validate(name: string, schema: OptionSchema, value: OptionValue): OptionValue {
  const problem = reason(schema, typeof value === 'string' ? value.trim() : value);
  if (problem !== undefined || value === '') {
    throw new MsbError(
      'bad-option',
      `${flagName(name)} ${problem ?? 'needs a value'}, not ${JSON.stringify(value)}`,
      `${flagName(name)}: ${schema.description}.`,
    );
  }
  if (schema.type === 'integer') return Number(value);
  if (schema.type === 'boolean') return value === true || value === 'true';
  return String(value).trim();
}
