import { makeAnswerTextReading } from '../../scoring/make-reading.js';
import type { AnswerEncodingResult } from '../../tokenization/encode-answers.js';
import type { AnswerTextReading, Item, ModelCard, Prompt, Reading, RunPlan, WorkUnit } from '../../types.js';
import type { OpenedModel } from '../models/model-source.js';

// Where whole prompts are run nothing is shared, and a unit is what a kill or Ctrl-C may cost.
const WHOLE_PROMPTS_TOGETHER = 8;

/**
 * How answer texts go through the model: all countries of one item, option order, template and format together, for they
 * share the beginning of the prompt. Whole prompts are run a few at a time.
 *
 * The units follow from the prompts and from the self-test of the run's first start alone, so a resumed run meets the same
 * ones without their being stored.
 */
export function answerTextUnits(
  prompts: readonly Prompt[],
  { selfTest }: Pick<ModelCard, 'selfTest'>,
): WorkUnit[] {
  const together =
    selfTest === null || selfTest.way === 'packed-rows' ? Number.POSITIVE_INFINITY : WHOLE_PROMPTS_TOGETHER;
  const units: { readonly group: string; readonly prompts: number[] }[] = [];
  for (const [index, { variable, order, template, format }] of prompts.entries()) {
    const group = JSON.stringify([format, template, variable, order]);
    const last = units.at(-1);
    if (last !== undefined && last.group === group && last.prompts.length < together) {
      last.prompts.push(index);
    } else {
      units.push({ group, prompts: [index] });
    }
  }
  return units.map((unit) => ({ prompts: unit.prompts }));
}

/** The plan of a run that reads no letters: no units of theirs, and no cost. */
export function planWithoutLetters({ selfTest }: Pick<ModelCard, 'selfTest'>): RunPlan {
  return {
    kind: selfTest?.way ?? 'equal-length-batches',
    reason: selfTest?.whyNotPacked ?? 'only answer texts are read, all countries of an item together',
    units: [],
    cost: null,
  };
}

/** One prompt of a unit of answer texts with its encoding. */
export interface AnswerUnitPrompt {
  readonly prompt: Prompt;
  readonly item: Item;
  readonly encoding: AnswerEncodingResult;
}

/** Reads the answer texts of a unit and makes the readings of all its prompts, in the unit's order. */
export async function readAnswerUnit(
  opened: OpenedModel,
  name: string,
  unit: readonly AnswerUnitPrompt[],
): Promise<Reading[]> {
  const readable = unit.flatMap(({ encoding }) => (encoding.kind === 'encoded' ? [encoding.encoded] : []));
  const results = readable.length === 0 ? [] : await opened.model.answerTextLogProbs(readable);
  let next = 0;
  return unit.map(({ prompt, item, encoding }) => {
    const unreadable = (reason: string): AnswerTextReading => ({ kind: 'unreadable', reason });
    if (encoding.kind === 'unreadable') {
      const { tokenIds, reason } = encoding;
      const result = unreadable(reason);
      return makeAnswerTextReading({ model: name, item, prompt, tokenIds, answerTokenIds: [], result });
    }
    const { tokenIds, answerTokenIds } = encoding.encoded;
    const result = results[next++] ?? unreadable('the model returned no result for this prompt');
    return makeAnswerTextReading({ model: name, item, prompt, tokenIds, answerTokenIds, result });
  });
}
