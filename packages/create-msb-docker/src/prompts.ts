import expand from '@inquirer/expand';
import input from '@inquirer/input';
import select from '@inquirer/select';
import type { ConflictPolicy, ProposedFile, Question } from '@msb/core';
import type { Asker } from './ask.ts';

/** Prompts go to stderr, so that stdout can be piped. */
const context = { output: process.stderr };

const number = (question: Question) => (text: string) =>
  /^\d+$/.test(text.trim()) || `${question.message} A whole number, please.`;

/** Asks in the terminal, by inquirer. Loaded only when there is something to ask. */
export const terminalAsker: Asker = {
  async option(question) {
    const { message, choices, suggested, type } = question;
    if (choices.length > 0) {
      const config = {
        message,
        choices: choices.map(({ value, about }) => ({
          value,
          name: about ? `${value}  (${about})` : value,
          short: value,
        })),
      };
      return select(suggested === undefined ? config : { ...config, default: String(suggested) }, context);
    }
    const config = suggested === undefined ? { message } : { message, default: String(suggested) };
    return input(
      type === 'integer' ? { ...config, validate: number(question) } : { ...config, required: true },
      context,
    );
  },

  ecosystem: (choices) =>
    select(
      {
        message: 'Which project is the image for?',
        choices: choices.map(({ id, title }) => ({ value: id, name: title })),
      },
      context,
    ),

  conflict: (file, showDiff) =>
    askUntilDecided<ConflictPolicy>(conflictText(file), [
      { key: 'k', name: 'keep it', value: 'keep' },
      { key: 'o', name: 'overwrite it', value: 'overwrite' },
      { key: 'd', name: 'show the difference', value: showDiff },
    ]),

  write: (showDiff, explain) =>
    askUntilDecided<boolean>('Write these files?', [
      { key: 'y', name: 'yes', value: true },
      { key: 'n', name: 'no', value: false },
      { key: 'd', name: 'show them', value: showDiff },
      { key: 'e', name: 'explain them', value: explain },
    ]),
};

const conflictText = ({ path, edited }: Pick<ProposedFile, 'path' | 'edited'>): string =>
  edited ? `You edited ${path} since msb wrote it` : `${path} already exists and was not written by msb`;

/** An answer, or something to look at before one is given. */
interface Answer<Value> {
  readonly key: 'k' | 'o' | 'd' | 'e' | 'y' | 'n';
  readonly name: string;
  readonly value: Value | (() => Promise<void>);
}

/** Asks again after each look; the first answer is the default. */
async function askUntilDecided<Value extends string | boolean>(
  message: string,
  answers: readonly [Answer<Value>, ...Answer<Value>[]],
): Promise<Value> {
  for (;;) {
    const config = { message, choices: [...answers], default: answers[0].key, expanded: true };
    const answer = await expand<Answer<Value>['value']>(config, context);
    if (typeof answer !== 'function') return answer;
    await answer();
  }
}
