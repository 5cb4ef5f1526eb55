import { type Note, shellWord } from '@msb/core';
import type { PackageJson, Script } from '../package-json.ts';
import { readCommand } from '../start/command.ts';
import { shellSteps } from '../start/words.ts';

/** Commands that change a database, which no build of an image reaches. */
const connecting: readonly RegExp[] = [
  /^prisma (?:.* )?(?:migrate (?:deploy|dev|reset)|db (?:push|seed|execute))\b/,
  /^drizzle-kit (?:migrate|push)\b/,
  /^knex (?:.* )?(?:migrate|seed):/,
  /^sequelize(?:-cli)? (?:.* )?db:/,
  /^typeorm(?:-ts-node-\w+)? (?:.* )?(?:migration:run|schema:sync)\b/,
  /^(?:node-pg-migrate|node-pg-migrations) .*\bup\b/,
  /^mikro-orm(?:-esm)? (?:.* )?(?:migration:up|schema:update)\b/,
  /^payload migrate\b/,
  /^dbmate (?:.* )?(?:up|migrate)\b/,
];

/** A build without what needs a database, and what was left out. */
export interface Offline {
  readonly command: string;
  readonly left: readonly string[];
}

/** The name of a package manager in front of a program: `npx prisma`, `pnpm exec prisma`. */
const runner = /^(?:(?:npx|bunx|pnpx)(?: --?\w[\w-]*)* |(?:pnpm|yarn|npm|bun)(?: exec(?: --)?| dlx| run| x)? )/;

const isConnecting = (words: readonly string[]): boolean => {
  const text = words.filter((word) => !/^\w+=/.test(word)).join(' ');
  const plain = text.replace(/^(?:dotenv|dotenvx|cross-env)\b.*? -- /, '').replace(runner, '');
  return connecting.some((pattern) => pattern.test(plain));
};

/** Whether a step does nothing but connect: it is such a command, or a script of nothing but such steps. */
function connects({ scripts }: PackageJson, words: readonly string[]): boolean {
  if (isConnecting(words)) return true;
  const command = readCommand(words);
  const inner = command.kind === 'script' ? scripts.get(command.name) : undefined;
  const { steps, needsShell } = shellSteps(inner?.text ?? '');
  return steps.length > 0 && needsShell === undefined && steps.every(isConnecting);
}

/**
 * The command that builds, where `script` also prepares a database, as platforms want it:
 * `prisma migrate deploy && next build`. `undefined` where it does not, or where nothing else is left.
 */
export function withoutDatabase(manifest: PackageJson, script: Script): Offline | undefined {
  const { steps, needsShell } = shellSteps(script.text);
  const left = steps.filter((words) => connects(manifest, words));
  const rest = steps.filter((words) => !connects(manifest, words));
  if (needsShell !== undefined || left.length === 0 || rest.length === 0) return undefined;
  const hook = (name: string): readonly string[] =>
    manifest.scripts.has(name + script.name) ? [`npm run ${shellWord(name + script.name)}`] : [];
  const own = rest.map(commandOf);
  return {
    command: [...hook('pre'), ...own, ...hook('post')].join(' && '),
    left: left.map((words) => words.join(' ')),
  };
}

/** Whether a script does nothing but prepare a database, so that it builds nothing: `"build": "knex migrate:latest"`. */
export function onlyConnects(manifest: PackageJson, script: Script): boolean {
  const { steps, needsShell } = shellSteps(script.text);
  return needsShell === undefined && steps.length > 0 && steps.every((words) => connects(manifest, words));
}

/** Programs that are there without `node_modules/.bin`. */
const system = /^(?:npx|npm|pnpm|yarn|bun|bunx|node|cp|mv|rm|mkdir|echo|sh|\.\/.*)$/;

/** A step as a command for the shell: `NODE_OPTIONS=… npx next build`. */
function commandOf(words: readonly string[]): string {
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  const set = words.slice(0, first).map((word) => {
    const [, name = '', value = ''] = /^(\w+)=([\s\S]*)$/.exec(word) ?? [];
    return `${name}=${shellWord(value, 'The build command')}`;
  });
  const line = words.slice(first).map((word) => shellWord(word, 'The build command'));
  return [...set, ...(system.test(words[first] ?? '') ? [] : ['npx']), ...line].join(' ');
}

/** What to tell of the steps that were left out. */
export const databaseNote = ({ left }: Pick<Offline, 'left'>, { name, place }: Script): Note => ({
  message: `The script ${name} runs ${left.join(' and ')}, which needs a database: the image is built without that`,
  hint: 'Run it where the database is, before the new version starts.',
  place,
});
