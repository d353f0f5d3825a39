import { makeReading } from '../../scoring/make-reading.js';
import type { EncodingResult } from '../../tokenization/encode-prompt.js';
import type { EncodedPrompt, Item, OptionReading, Prompt, Reading, RunPlan, WorkUnit } from '../../types.js';
import type { OpenedModel } from '../models/model-source.js';

/**
 * The plan over all prompts of a run: the model's own units for those it can read, and one last unit for the rest,
 * whose readings are stored as unscored with their reason.
 */
export async function planRun(opened: OpenedModel, encodings: readonly EncodingResult[]): Promise<RunPlan> {
  const readable: { index: number; encoded: EncodedPrompt }[] = [];
  const unreadable: number[] = [];
  for (const [index, encoding] of encodings.entries()) {
    if (encoding.kind === 'encoded') {
      readable.push({ index, encoded: encoding.encoded });
    } else {
      unreadable.push(index);
    }
  }
  const plan = await opened.model.plan(readable.map(({ encoded }) => encoded));
  const units: WorkUnit[] = plan.units.map((unit) => ({
    prompts: unit.prompts.flatMap((place) => readable[place]?.index ?? []),
  }));
  return { ...plan, units: unreadable.length === 0 ? units : [...units, { prompts: unreadable }] };
}

/** One prompt of a work unit with its encoding. */
export interface UnitPrompt {
  readonly prompt: Prompt;
  readonly item: Item;
  readonly encoding: EncodingResult;
}

/** Runs the model once over a work unit and makes the readings of all its prompts, in the unit's order. */
export async function readUnit(
  opened: OpenedModel,
  name: string,
  unit: readonly UnitPrompt[],
): Promise<Reading[]> {
  const readable = unit.flatMap(({ encoding }) => (encoding.kind === 'encoded' ? [encoding.encoded] : []));
  const results = readable.length === 0 ? [] : await opened.model.optionLogProbs(readable);
  let next = 0;
  return unit.map(({ prompt, item, encoding }) => {
    const unreadable = (reason: string): OptionReading => ({ kind: 'unreadable', reason });
    const isEncoded = encoding.kind === 'encoded';
    const result = isEncoded
      ? (results[next++] ?? unreadable('the model returned no result for this prompt'))
      : unreadable(encoding.reason);
    return makeReading({
      model: name,
      item,
      prompt,
      tokenIds: isEncoded ? encoding.encoded.tokenIds : encoding.tokenIds,
      optionTokens: isEncoded ? encoding.encoded.optionTokens : [],
      result,
      tokenText: opened.tokenText,
    });
  });
}
