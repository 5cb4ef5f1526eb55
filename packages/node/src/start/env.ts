import type { Note } from '@msb/core';
import type { PackageJson } from '../package-json.ts';
import type { Variables } from './command.ts';
import type { Start } from './start.ts';

// What BuildKit's check SecretsUsedInArgOrEnv takes for a secret, by its name.
const secret = /(?:_|^)(apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;

/** Whether a variable holds a secret, by its name. */
export const isSecret = (name: string): boolean => secret.test(name);

/** The variables of a start command that an image may have; secrets would stay in its history. */
export const startEnv = ({ env }: Start): Variables =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !secret.test(name)));

/** A note for each variable that was left out, or that the start command asks for. */
export const envNotes = (start: Start): readonly Note[] => [...leftOut(start), ...asked(start)];

const asked = ({ shell, place }: Start): readonly Note[] =>
  (shell?.variables ?? [])
    .filter((name) => name !== 'PORT') // which the image sets
    .map((name) => ({
      message: `The start command takes ${name} from the environment`,
      hint: `Set it when the container runs: docker run --env ${name}=….`,
      ...(place && { place }),
    }));

const leftOut = ({ env, place }: Start): readonly Note[] =>
  Object.keys(env)
    .filter((name) => secret.test(name))
    .map((name) => ({
      message: `${name} is left out of the image, where everybody could read it`,
      hint: `Set it when the container runs: docker run --env ${name}.`,
      ...(place && { place }),
    }));

/** Whether the program shows its sources' lines in errors: https://nodejs.org/api/cli.html#--enable-source-maps */
export const readsMaps = ({ production }: PackageJson, { env, flags }: Start): boolean =>
  production.has('source-map-support') ||
  [...flags, ...(env.NODE_OPTIONS ?? '').split(' ')].some((flag) => flag === '--enable-source-maps');
