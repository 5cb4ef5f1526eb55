import type { PackageJson } from '../package-json.ts';

/** What follows `-r` and the like, as a word of its own. */
const loads = /^(-r|--require|--import|--loader|--experimental-loader)$/;

/** Reads a file with secrets, which no image has: https://www.npmjs.com/package/dotenv#preload */
const readsSecrets = /^dotenv\/config(?:\.js)?$/;

/** The flags without a module that is for development only and has nothing to do in an image. */
export const withoutUnshipped = ({ production }: PackageJson, flags: readonly string[]): readonly string[] =>
  production.has('dotenv')
    ? flags
    : flags.filter((flag, index) => {
        const module = loads.test(flag) ? (flags[index + 1] ?? '') : flag.replace(/^--(?:require|import)=/, '');
        return !readsSecrets.test(module);
      });

/** Whether the modules that flags load are there in production: `-r ts-node/register` is not. */
export const loadsShipped = ({ production }: PackageJson, flags: readonly string[]): boolean =>
  flags.every((flag, index) => {
    const [, joined] = /^--(?:require|import|loader|experimental-loader)=(.+)$/.exec(flag) ?? [];
    const module = joined ?? (loads.test(flags[index - 1] ?? '') ? flag : undefined);
    if (module === undefined || /^[./]|^node:|^data:/.test(module)) return true;
    const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(module) ?? [];
    return name !== undefined && production.has(name);
  });
