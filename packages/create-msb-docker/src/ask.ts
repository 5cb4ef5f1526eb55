import type { ConflictPolicy, OptionValue, ProposedFile, Question } from '@msb/core';

/** Everything that a person can be asked. The terminal's prompts are one implementation, tests have another. */
export interface Asker {
  option(question: Question): Promise<OptionValue>;
  ecosystem(choices: readonly { readonly id: string; readonly title: string }[]): Promise<string>;
  /** What to do with a file that is not ours. */
  conflict(file: ProposedFile, showDiff: () => Promise<void>): Promise<ConflictPolicy>;
  /** Whether to write. */
  write(showDiff: () => Promise<void>, explain: () => Promise<void>): Promise<boolean>;
}
