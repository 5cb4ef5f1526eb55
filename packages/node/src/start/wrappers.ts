import { join, type Project } from '@msb/core';

type Unwrap = (project: Project, args: readonly string[]) => readonly string[] | undefined;

/** What stands behind `--`, or behind the flags, some of which take a word. */
const behind =
  (...withValue: readonly string[]): Unwrap =>
  (_, args) => {
    const end = args.indexOf('--');
    if (end >= 0) return args.slice(end + 1);
    let index = 0;
    while (args[index]?.startsWith('-')) index += withValue.includes(args[index] ?? '') ? 2 : 1;
    return args.slice(index);
  };

/** PM2 keeps processes alive, which is the engine's job for containers; so its program is started directly. */
const pm2: Unwrap = (project, args) => {
  const plain = args.filter((arg) => !arg.startsWith('-') && arg !== 'start');
  const file = plain.find((arg) => /\.[cm]?js(on)?$/.test(arg));
  if (file === undefined) return undefined;
  if (!/(ecosystem|pm2|process)[\w.-]*\.(c?js|json)$/.test(file)) return ['node', file, ...after(args)];
  const text = project.text(join(file)) ?? '';
  const scripts = [...text.matchAll(/["']?\bscript["']?\s*:\s*["']([^"']+\.[cm]?js)["']/g)].map(([, script]) => script);
  const [only] = scripts;
  return only !== undefined && scripts.length === 1 ? ['node', only] : undefined;
};

/** `pm2-runtime app.js -- --port 1`: the program's own words. */
const after = (args: readonly string[]): readonly string[] =>
  args.includes('--') ? args.slice(args.indexOf('--') + 1) : [];

/** Before version 9, the file stood where flags do now: `env-cmd ./.env node server.js`. */
const envCmd: Unwrap = (project, args) => {
  const inner = behind('-f', '--file', '-e', '--environments', '-r', '--rc-file')(project, args);
  return /(^|\/)\.env[\w.-]*$/.test(inner?.[0] ?? '') ? inner?.slice(1) : inner;
};

/** Programs that only prepare or watch over the one that is meant; a file with secrets is not in an image anyway. */
const wrappers: Readonly<Record<string, Unwrap>> = {
  dotenv: behind('-e', '-v', '-p', '-c'),
  dotenvx: (project, [run, ...args]) => (run === 'run' ? behind('-f', '--env-file')(project, args) : undefined),
  'env-cmd': envCmd,
  // an engine starts one with docker run --init, where it is needed
  'dumb-init': behind('-r', '--rewrite'),
  tini: behind('-e', '-p'),
  pm2,
  'pm2-runtime': pm2,
  forever: pm2,
};

/** The command that a wrapper starts: `pm2-runtime dist/main.js` → `node dist/main.js`. */
export function unwrap(project: Project, name: string, args: readonly string[]): readonly string[] | undefined {
  const known = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  const inner = known?.(project, args);
  return inner !== undefined && inner.length > 0 ? inner : undefined;
}
