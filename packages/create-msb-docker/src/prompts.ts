import expand from '@inquirer/expand';
import input from '@inquirer/input';
import select from '@inquirer/select';
import type { Question } from '@msb/core';
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
    askUntilDecided(`${file.path} exists and is not ours, or was edited since`, showDiff, [
      { key: 'k', name: 'keep it', value: 'keep' },
      { key: 'o', name: 'overwrite it', value: 'overwrite' },
      { key: 'd', name: 'show the difference', value: 'diff' },
    ]),

  write: async (showDiff) => {
    const answer = await askUntilDecided('Write these files?', showDiff, [
      { key: 'y', name: 'yes', value: 'yes' },
      { key: 'n', name: 'no', value: 'no' },
      { key: 'd', name: 'show them', value: 'diff' },
    ]);
    return answer === 'yes';
  },
};

interface Answer<Value extends string> {
  readonly key: 'k' | 'o' | 'd' | 'y' | 'n';
  readonly name: string;
  readonly value: Value | 'diff';
}

/** Asks again after each look at the difference; the first answer is the default. */
async function askUntilDecided<Value extends string>(
  message: string,
  showDiff: () => Promise<void>,
  answers: readonly [Answer<Value>, ...Answer<Value>[]],
): Promise<Value> {
  for (;;) {
    const config = { message, choices: [...answers], default: answers[0].key, expanded: true };
    const answer = await expand<Value | 'diff'>(config, context);
    if (answer !== 'diff') return answer;
    await showDiff();
  }
}
