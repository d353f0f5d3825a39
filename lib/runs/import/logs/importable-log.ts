import type { AnswerTextReading, LogOrigin, OptionReading, Prompt } from '../../../types.js';
import type { TaskMetadata } from '../../export/task/task-metadata.js';

/** What a log says about one prompt, for one kind of reading. */
export type LoggedReading =
  | { readonly kind: 'letter'; readonly result: OptionReading }
  | { readonly kind: 'answer-text'; readonly result: AnswerTextReading };

/** Reading key (`keyOf`) -> what the log says. */
export type LoggedAnswers = ReadonlyMap<string, LoggedReading>;

/** A log of another program over prompts that this project exported. */
export interface ImportableLog {
  readonly task: TaskMetadata;
  readonly origin: LogOrigin;
  /** Element type of the model's numbers, "unknown" where the log does not tell. */
  readonly dtype: string;
  /**
   * The answers of the log to these prompts.
   *
   * @throws InputError naming the row: for a prompt that is none of these or was sent with another text, one that is answered twice,
   *   and numbers that are no log-probabilities
   */
  answers(prompts: readonly Prompt[]): Promise<LoggedAnswers>;
}
