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

  async conflict(file, showDiff) {
    for (;;) {
      const answer = await expand(
        {
          message: `${file.path} exists and is not ours, or was edited since`,
          choices: [
            { key: 'k', name: 'keep it', value: 'keep' },
            { key: 'o', name: 'overwrite it', value: 'overwrite' },
            { key: 'd', name: 'show the difference', value: 'diff' },
          ],
          default: 'k',
          expanded: true,
        },
        context,
      );
      if (answer === 'keep' || answer === 'overwrite') return answer;
      await showDiff();
    }
  },

  async write(showDiff) {
    for (;;) {
      const answer = await expand(
        {
          message: 'Write these files?',
          choices: [
            { key: 'y', name: 'yes', value: 'yes' },
            { key: 'n', name: 'no', value: 'no' },
            { key: 'd', name: 'show them', value: 'diff' },
          ],
          default: 'y',
          expanded: true,
        },
        context,
      );
      if (answer !== 'diff') return answer === 'yes';
      await showDiff();
    }
  },
};
