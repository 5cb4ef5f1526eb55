import type { Manifest } from '../ecosystem.ts';
import { families, type RuntimeFamily } from '../families.ts';

/** What an option can hold. */
export type OptionValue = string | number | boolean;

/** Options that somebody gave; the rest is open. */
export type GivenOptions = Readonly<Record<string, OptionValue | undefined>>;

/** All options of a project, resolved. */
export type Options = Readonly<Record<string, OptionValue | undefined>>;

/** One option, as JSON Schema with Nx's `x-prompt` (https://nx.dev/docs/extending-nx/generator-options). */
export interface OptionSchema {
  readonly type: 'string' | 'integer' | 'boolean';
  readonly description: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  /** The question; an option without one is never asked for. */
  readonly 'x-prompt'?: string;
}

/** A candidate for an option, with what tells it apart. */
export interface Choice {
  readonly value: string;
  readonly about?: string;
}

/** A question that is still open. `suggested` is what unattended runs take; without it they fail. */
export interface Question {
  readonly name: string;
  readonly message: string;
  readonly type: OptionSchema['type'];
  readonly choices: readonly Choice[];
  readonly suggested: OptionValue | undefined;
}

/** What there is to say of runtime families, for prompts and help. */
export const familyChoices = (names: readonly RuntimeFamily[]): readonly Choice[] =>
  names.map((value) => ({ value, about: families[value].about }));

/** Every option of an ecosystem: the common ones, then its own. Flags, prompts and Nx schemas are made from it. */
export function optionSchemas(manifest: Manifest): Readonly<Record<string, OptionSchema>> {
  return {
    runtime: {
      type: 'string',
      description: 'What the image is based on',
      enum: manifest.runtimes,
      'x-prompt': 'Ship on',
    },
    port: {
      type: 'integer',
      description: 'The TCP port that the program listens on; 0 when it serves nothing',
      minimum: 0,
      maximum: 65535,
      'x-prompt': 'Which port does it listen on (0 for none)?',
    },
    name: {
      type: 'string',
      description: 'Name of the image',
      pattern: '^[a-z0-9]+([._-][a-z0-9]+)*$',
    },
    bake: {
      type: 'boolean',
      description: 'Whether to write a docker-bake.hcl too: check, test, image, and a release for several platforms',
    },
    ci: {
      type: 'string',
      description: 'The service to write a workflow for, which proves and releases the image; brings the bake file',
      enum: ['github'],
    },
    tests: {
      type: 'boolean',
      description:
        'Whether the bake file has a target for the tests of the project, where there are some; false for none',
    },
    include: {
      type: 'string',
      description:
        'Files and folders that the program reads at run time, with commas in between, such as config,data/words.txt',
    },
    ...manifest.options,
  };
}

/** Whether a bake file is asked for: by itself, or by a workflow, which is made of calls of it. */
export const wantsBake = ({ bake, ci }: Options): boolean => bake === true || ci !== undefined;

/**
 * Whether the Dockerfile is to have a stage `test`, which runs the project's tests. Only a bake file has a use for it;
 * others would wonder what it is for.
 */
export const wantsTests = (options: Options): boolean => wantsBake(options) && options.tests !== false;
