import { resolve } from 'node:path';
import { openModelFolder } from '../../../lib/runs/models/open-model-folder.js';
import { answerTextIds } from '../../../lib/tokenization/encode-prompt.js';
import { loadTokenizer } from '../../../lib/tokenization/tokenizer.js';
import type { EncodedPrompt } from '../../../lib/types.js';
import { packedRowWork } from '../cost/floating-point-operations.js';
import { answerRequest, peakMemoryBytes, secondsOf } from '../peers/child-record.js';
import { distinctTokens } from '../prompts/prompt-tree.js';
import type { PeerResult } from '../records.js';

// culture-lens reading the answers' texts: one call for the prompts of an item, as a run asks them.
await answerRequest(async ({ settings, repeats }, prompts): Promise<PeerResult> => {
  const folder = resolve(settings.at(-1)?.model ?? '');
  const { model } = await openModelFolder(folder, { provider: 'cpu' });
  const tokenizer = loadTokenizer(folder);
  const calls = itemByItem(prompts).map((some) => ({
    prompts: some.map(({ tokenIds }) => tokenIds),
    texts: some.map(({ prompt }) =>
      prompt.options.map(({ label }) => answerTextIds(tokenizer, prompt, label) ?? []),
    ),
  }));
  const [first] = calls;
  if (first === undefined) {
    throw new Error('there is no prompt');
  }
  await model.continuationLogProbs(first.prompts, first.texts);
  const seconds: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    seconds.push(
      await secondsOf(async () => {
        for (const call of calls) {
          await model.continuationLogProbs(call.prompts, call.texts);
        }
      }),
    );
  }
  await model.close();
  // The last token of a text is read at the place before it, and never computed.
  const sequences = calls.map((call) =>
    call.prompts.flatMap((ids, place) =>
      (call.texts[place] ?? []).map((text) => [...ids, ...text.slice(0, -1)]),
    ),
  );
  return {
    version: 'culture-lens',
    settings: [{ label: 'answer texts', seconds }],
    work: packedRowWork(sequences.map(distinctTokens), sequences.flat().length),
    optionLogProbs: [],
    planSeconds: null,
    peakMemoryBytes: peakMemoryBytes(),
    notes: [],
  };
});

function itemByItem(prompts: readonly EncodedPrompt[]): EncodedPrompt[][] {
  const items = new Map<string, EncodedPrompt[]>();
  for (const encoded of prompts) {
    const { variable, order } = encoded.prompt;
    const some = items.get(`${variable} ${order}`) ?? [];
    some.push(encoded);
    items.set(`${variable} ${order}`, some);
  }
  return [...items.values()];
}
