import type { NamedOption } from '../../scoring/named-option.js';
import type { Interval } from '../../statistics/student-t.js';
import type { Prompt } from '../../types.js';

/** What a model's most probable letter is to one prompt, and what it writes when it may go on. */
export interface FirstTokenAnswer
  extends Pick<Prompt, 'variable' | 'country' | 'template' | 'order' | 'format'> {
  /** The most probable option letter as the first token. */
  readonly letter: string;
  /** Its probability among the letters of the options: the largest p̂. */
  readonly probability: number;
  /** The greedy answer. */
  readonly text: string;
  /** Letter of the option that the answer names; null where it names none. */
  readonly written: string | null;
  /** Whether the letter itself or the option's text was written; null where neither was. */
  readonly by: 'letter' | 'text' | null;
  /** Why no option is named; null where one is. */
  readonly reason: Extract<NamedOption, { kind: 'none' }>['reason'] | null;
}

/** A reason with the number of prompts that it holds for. */
export interface CountedReason {
  readonly reason: string;
  readonly prompts: number;
}

/** How far the first token's most probable letter is what a model then writes. */
export interface FirstTokenCheck {
  readonly model: string;
  /** Prompts that the sample was drawn from. */
  readonly population: number;
  /** Of the draw. */
  readonly seed: number;
  /** Tokens that an answer had at most. */
  readonly tokens: number;
  /** Prompts drawn; those below add up to it. */
  readonly n: number;
  /** Prompts whose letters cannot be read; nothing was written to them. */
  readonly unreadable: readonly CountedReason[];
  /** Answers that name an option. */
  readonly named: number;
  /** Answers that name none, by reason. */
  readonly unnamed: readonly CountedReason[];
  /** Answers that name the option of the most probable letter. */
  readonly same: number;
  /** same / named; null where no answer names an option. */
  readonly share: number | null;
  /**
   * Wilson's 95 % interval of the share, over prompts drawn like these; null where no answer names an option. Countries of one
   * item are answered alike, so it is rather too narrow, the more so the fewer items there are.
   */
  readonly interval: Interval | null;
  /** A few answers that name the same option, a few that name another, and one of each reason for naming none. */
  readonly examples: readonly FirstTokenAnswer[];
}
