import { MsbError } from '@msb/core';
import type { Host } from './cli.ts';
import { check } from './commands/check.ts';
import { explain } from './commands/explain.ts';
import { errorText } from './show.ts';
import { paint as makePaint, visible, wantsColour } from './terminal.ts';

type Command = (args: readonly string[], host: Host) => Promise<number>;

/** The commands beside the one that writes files. Loaded when one of them is named: nothing of this slows the others. */
const commands: Readonly<Record<string, Command>> = {
  check,
  explain,
  verify: async (args, host) => (await import('./commands/verify.ts')).verify(args, host),
};

/** Runs `args[0]` and resolves to its exit code; writes to the host's streams, and never throws. */
export async function runCommand(args: readonly string[], host: Host): Promise<number> {
  const [name = '', ...rest] = args;
  const paint = makePaint(wantsColour(host.stderr, host.env));
  try {
    return (await commands[name]?.(rest, host)) ?? 2;
  } catch (error) {
    const stack = args.includes('--debug') && error instanceof Error ? `${error.stack}\n` : '';
    if (error instanceof MsbError) {
      const { code, message, hint, place } = error;
      const described = { error: { code, message, hint, ...place } };
      if (args.includes('--json')) host.stdout.write(`${JSON.stringify(described, null, 2)}\n`);
      host.stderr.write(errorText(error, paint) + stack);
      return error.exitCode;
    }
    const reason = error instanceof Error ? error.message : String(error);
    host.stderr.write(
      `${paint.red('✗')} This is a bug of create-msb-docker: ${visible(reason)}\n  Run it with --debug and report what it prints.\n${stack}`,
    );
    return 1;
  }
}
