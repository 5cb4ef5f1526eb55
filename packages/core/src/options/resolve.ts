import type { Detection, Manifest, Note } from '../ecosystem.ts';
import { MsbError } from '../errors.ts';
import {
  familyChoices,
  type GivenOptions,
  type Options,
  type OptionValue,
  optionSchemas,
  type Question,
} from './schema.ts';
import { flagName, validate } from './validate.ts';

/** Options as far as they are known, and what is still to be asked. */
export interface Resolution {
  readonly options: Options;
  readonly open: readonly Question[];
}

/** Checks flags or answers against the ecosystem's schemas. Throws `bad-option`, also for an unknown name. */
export function validateGiven(manifest: Manifest, given: GivenOptions): GivenOptions {
  const schemas = optionSchemas(manifest);
  const valid: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(given)) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (value === undefined) continue;
    if (schema === undefined) {
      throw new MsbError(
        'bad-option',
        `${flagName(name)} does not apply to ${manifest.title}`,
        `Its options are ${Object.keys(schemas).map(flagName).join(', ')}.`,
      );
    }
    valid[name] = validate(name, schema, value);
  }
  return valid;
}

/**
 * One rule decides every option: a flag, else the recorded answer, else what the project says, else the default.
 * `given` holds flags and recorded answers, already merged. An option that has a question and no value stays open; the
 * runtime is asked last, since which program it is may decide what that can ship on.
 * Throws `bad-option` for a runtime that the project can't ship on.
 */
export function resolveOptions(manifest: Manifest, given: GivenOptions, detection: Detection): Resolution {
  const families = detection.runtimes?.families ?? manifest.runtimes;
  if (given.runtime !== undefined && !families.some((family) => family === given.runtime)) {
    throw doesNotFit(String(given.runtime), families, detection.runtimes?.reason);
  }
  const options: Record<string, OptionValue | undefined> = {};
  const open: Question[] = [];
  for (const [name, schema] of Object.entries(optionSchemas(manifest))) {
    const only = name === 'runtime' && families.length === 1 ? families[0] : undefined;
    const value = given[name] ?? detection.found[name] ?? only;
    const message = schema['x-prompt'];
    options[name] = value;
    if (value !== undefined || message === undefined || detection.unused.includes(name)) continue;
    const choices = name === 'runtime' ? familyChoices(families) : (detection.choices[name] ?? []);
    const suggested = detection.suggested[name] ?? (name === 'runtime' ? families[0] : undefined);
    open.push({ name, message, type: schema.type, choices, suggested });
  }
  const last = ({ name }: Question): boolean => name === 'runtime';
  return { options, open: [...open.filter((question) => !last(question)), ...open.filter(last)] };
}

const doesNotFit = (runtime: string, families: readonly string[], reason: Note | undefined): MsbError =>
  new MsbError(
    'bad-option',
    `--runtime ${runtime} does not fit this project${reason ? `: ${reason.message}` : ''}`,
    `It can ship on ${families.join(', ')}.`,
    reason?.place,
  );

/** The error for a question that nobody is there to answer. */
export function openQuestion(question: Question): MsbError {
  const candidates = question.choices.map((choice) => choice.value);
  const flag = flagName(question.name);
  const found = candidates.length > 0 ? `: found ${candidates.join(', ')}` : '';
  return new MsbError(
    'open-question',
    `${question.message.replace(/\?$/, '')}? The project does not say${found}`,
    `Choose with ${flag} ${candidates[0] ?? '<value>'}.`,
  );
}
