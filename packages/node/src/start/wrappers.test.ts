import { expect, test } from 'vitest';
import { projectOf } from '../projects.test.kit.ts';
import { unwrap } from './wrappers.ts';

const config = "module.exports = { apps: [{ name: 'api', script: './dist/main.js', instances: 'max' }] };\n";
const project = projectOf({
  'ecosystem.config.js': config,
  'pm2.json': '{"apps": [{"script": "a.js"}, {"script": "b.js"}]}',
});
const inner = (text: string): string | undefined => {
  const [name = '', ...args] = text.split(' ');
  return unwrap(project, name, args)?.join(' ');
};

test.each([
  ['pm2-runtime dist/main.js', 'node dist/main.js'],
  ['pm2-runtime start dist/main.js -i max -- --port 1', 'node dist/main.js --port 1'],
  ['pm2 start ecosystem.config.js --no-daemon', 'node ./dist/main.js'],
  ['pm2-runtime pm2.json', undefined],
  ['pm2-runtime start npm -- start', undefined],
  ['dotenv -e .env -- node a.js', 'node a.js'],
  ['dotenv -e .env node a.js', 'node a.js'],
  ['dotenvx run -- node a.js', 'node a.js'],
  ['env-cmd -f .env node a.js', 'node a.js'],
  ['nodemon a.js', undefined],
])('%s → %s', (text, expected) => expect(inner(text)).toBe(expected));
