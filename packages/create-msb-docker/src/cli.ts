import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MsbError, moduleFolder, type Place, type Report } from '@msb/core';
import type { Asker } from './ask.ts';
import { create } from './create.ts';
import { type ListedEcosystem, ecosystems as ours } from './ecosystems.ts';
import { type Invocation, readFlags } from './flags.ts';
import { errorText, reportText } from './show.ts';
import { paint as makePaint, wantsColour } from './terminal.ts';

/** The streams and the environment of a run, so that tests can bring their own. */
export interface Host {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
  /** Brings the prompts; called only when something may be asked. */
  readonly loadAsker: () => Promise<Asker>;
}

/** Brings the ecosystems to choose from. Throws an `MsbError`. */
export type LoadEcosystems = () => Promise<readonly ListedEcosystem[]>;

/** Runs the command line and resolves to its exit code; writes to the host's streams, and never throws. */
export async function main(args: readonly string[], host: Host, load?: LoadEcosystems): Promise<number> {
  const paint = makePaint(wantsColour(host.stderr, host.env));
  const debug = args.includes('--debug');
  try {
    const ecosystems = load === undefined ? ours : await load();
    return await dispatch(readFlags(args, ecosystems), host, ecosystems);
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') {
      host.stderr.write('Nothing was written.\n');
      return 130;
    }
    const stack = debug && error instanceof Error ? `${error.stack}\n` : '';
    if (error instanceof MsbError) {
      if (args.includes('--json')) host.stdout.write(`${JSON.stringify({ error: describe(error) }, null, 2)}\n`);
      host.stderr.write(errorText(error, paint) + stack);
      return error.exitCode;
    }
    const reason = error instanceof Error ? error.message : String(error);
    host.stderr.write(
      `${paint.red('✗')} This is a bug of create-msb-docker: ${reason}\n  Run it with --debug and report what it prints.\n${stack}`,
    );
    return 1;
  }
}

const describe = ({ code, message, hint, place }: MsbError): object => ({ code, message, hint, ...place });

type Listed = readonly ListedEcosystem[];

async function dispatch(invocation: Invocation, host: Host, ecosystems: Listed): Promise<number> {
  if (invocation.help || invocation.list) {
    const { helpText, listText } = await import('./help.ts');
    host.stdout.write(invocation.help ? helpText(ecosystems) : listText(ecosystems));
    return 0;
  }
  if (invocation.version) {
    host.stdout.write(`${readVersion()}\n`);
    return 0;
  }
  return run(invocation, host, ecosystems);
}

async function run(invocation: Invocation, host: Host, ecosystems: Listed): Promise<number> {
  const out = invocation.json ? host.stderr : host.stdout;
  const paint = makePaint(wantsColour(out, host.env));
  const asker = canAsk(invocation, host) ? await host.loadAsker() : undefined;
  const quiet = invocation.json && !asker;
  const say = (text: string): void => {
    if (text !== '' && !quiet) out.write(`${text.trimEnd()}\n\n`);
  };
  const report = await create(invocation, { ecosystems, asker, paint, say });
  if (!report) {
    host.stderr.write('Nothing was written.\n');
    return 0;
  }
  if (invocation.json) host.stdout.write(`${JSON.stringify(forMachines(report), null, 2)}\n`);
  else out.write(reportText(report, invocation.dryRun, paint));
  return exitCode(report);
}

/** The report with the places of facts and notes spread out: `{ name, value, file, line }`. */
function forMachines({ facts, notes, ...report }: Report): object {
  const flat = <T extends { readonly place?: Place }>({ place, ...rest }: T): object => ({
    ...rest,
    ...(place && { file: place.file }),
    ...(place?.line !== undefined && { line: place.line }),
  });
  return { ...report, facts: facts.map(flat), notes: notes.map(flat) };
}

/** Findings in a Dockerfile that the user keeps are advice; in one of ours they are a failure. */
const exitCode = ({ files, findings }: Report): number =>
  findings.length > 0 && files.some(({ path, action }) => path === 'Dockerfile' && action !== 'keep') ? 5 : 0;

const canAsk = ({ yes }: Invocation, { stdin, stderr, env }: Host): boolean =>
  !yes && !env.CI && stdin.isTTY === true && stderr.isTTY === true;

const readVersion = (): string => {
  const { version } = JSON.parse(readFileSync(join(moduleFolder(import.meta.url), '../package.json'), 'utf8'));
  return String(version);
};
