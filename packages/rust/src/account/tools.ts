import type { Place } from '@msb/core';
import type { Code } from '../code.ts';
import { readBindings } from './bindings.ts';
import { Expressions } from './expression.ts';
import { calleeAt } from './named.ts';
import { argumentsAt, isSign, lineAt, tokensOf } from './tokens.ts';

/** A program that another one starts. */
export interface StartedTool {
  readonly name: string;
  readonly place: Place;
}

const starts = /(?:^|::)(?:Command::new|CommandBuilder::new|Exec::cmd|which|which_global|cmd)$|(?:^|::)cmd!$/;

/** Programs of other systems, and those of the program itself. */
const none =
  /\.(?:exe|cmd|bat|ps1)$|^(?:cmd|powershell|pwsh|open|osascript|explorer|xdg-open|cargo|rustc|rustup|notify-send)$/;

/** The programs that the code starts by a name that it has. */
export function startedTools(codes: readonly Code[], own: readonly string[]): readonly StartedTool[] {
  const expressions = new Expressions(readBindings(codes));
  const found = new Map<string, StartedTool>();
  for (const code of codes) {
    const tokens = tokensOf(code);
    const clap =
      /\buse\s+clap::(?:\{[^}]*\b)?Command\b/.test(code.text) &&
      !/process::Command|process::\{[^}]*Command/.test(code.text);
    for (const [index, token] of tokens.entries()) {
      if (!isSign(token, '(')) continue;
      const callee = calleeAt(tokens, index);
      if (!starts.test(callee) || (callee === 'cmd' && !/\bduct\b/.test(code.text))) continue;
      if (callee.startsWith('clap::') || (clap && callee === 'Command::new')) continue;
      const [first] = argumentsAt(tokens, index);
      if (first === undefined) continue;
      for (const { text } of expressions.valuesOf({ code, from: first[0], to: first[1] })) {
        const name = text.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, '').split(' ')[0] ?? '';
        if (!/^[a-z][\w.+-]*$/i.test(name) || none.test(name) || own.includes(name) || found.has(name)) continue;
        found.set(name, { name, place: { file: code.file, line: lineAt(code, token) } });
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
