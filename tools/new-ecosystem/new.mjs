// A new ecosystem: templates/<id> and packages/<id>, which pass the kit as they are.
// Usage: npm run new:ecosystem -- [--id php --title PHP --marker composer.json --image php:8.4-cli --runtimes alpine,slim
//          --start "/usr/local/bin/php index.php" --interpreted --ships php:8.4-cli-alpine,php:8.4-cli
//          --sample ./app --expect hello --port 8080] [--yes]
// Without --yes, and in a terminal, plop asks for what no flag says.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaults, help, questions } from './questions.mjs';

const usage = `npm run new:ecosystem -- [flags]

Writes templates/<id> and packages/<id>, which pass the kit as they are. In a terminal it asks for what no flag says.

${help()}
  --yes          Ask nothing: take what is in parentheses
`;

function readFlags() {
  const flags = Object.keys(questions).map((name) => [name, { type: name === 'interpreted' ? 'boolean' : 'string' }]);
  try {
    return parseArgs({
      options: {
        ...Object.fromEntries(flags),
        yes: { type: 'boolean', short: 'y', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    console.error(
      `✗ ${error.message.split('. ')[0]}\n  Flags are ${flags.map(([name]) => `--${name}`).join(', ')}, --yes.`,
    );
    return process.exit(2);
  }
}

const { yes, help: wanted, ...given } = readFlags().values;
if (wanted) {
  console.log(usage);
  process.exit(0);
}
const unattended = yes || !process.stdin.isTTY || Boolean(process.env.CI);
if (unattended && given.id === undefined) {
  console.error(
    '✗ The ecosystem needs a name\n  Say --id <a short lower-case word>; npm run new:ecosystem -- --help has all flags.',
  );
  process.exit(2);
}
if (given.sample !== undefined) given.sample = resolve(given.sample);
const answers = unattended ? { ...defaults(given), ...given } : given;
// plop reads its arguments when it is loaded, and hands some of ours (--title) on to Node: it gets them by another way.
process.env.MSB_ANSWERS = JSON.stringify(answers);
process.argv = [process.argv[0] ?? 'node', 'plop', 'ecosystem'];
const { run } = await import('plop');
const configPath = fileURLToPath(new URL('plopfile.mjs', import.meta.url));
await run({ configPath, dest: fileURLToPath(new URL('../../', import.meta.url)) });
