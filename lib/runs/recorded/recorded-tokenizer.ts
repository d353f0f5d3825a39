import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import type { RecordedReading } from '../../inference/replay.js';
import { loadTokenizer } from '../../tokenization/tokenizer.js';
import { checkVocabulary } from '../models/check-vocabulary.js';
import type { RecordedModelCard } from '../store/index.js';

/**
 * Makes sure that a tokenizer is that of a recorded model, as far as can be seen: as many token ids as the model has logits,
 * and the same text for every probable token that the runs kept.
 *
 * @returns its folder relative to the project, as a recording names it
 * @throws InputError when it lies outside the project, is broken, or is another model's
 */
export function checkRecordedTokenizer(
  folder: string,
  recorded: { readonly model: RecordedModelCard; readonly readings: readonly RecordedReading[] },
): string {
  const path = resolve(folder);
  const inside = relative(projectPath(), path).replaceAll('\\', '/');
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new InputError(
      `Recording runs: the tokenizer ${path} lies outside the project, where nobody who is given the recording has it. ` +
        `Expected a folder below ${projectPath()}. Copy tokenizer.json, tokenizer_config.json and chat_template.jinja there, ` +
        'for example to data/models/<model>/tokenizer.',
    );
  }
  if (!existsSync(join(path, 'tokenizer.json'))) {
    throw new InputError(
      `Recording runs: the tokenizer folder ${path} has no tokenizer.json. Expected the folder that the model was probed ` +
        'with, or a copy of its tokenizer files.',
    );
  }
  const tokenizer = loadTokenizer(path);
  checkVocabulary(tokenizer, recorded.model.vocabularySize);
  const texts = new Map(
    recorded.readings.flatMap(({ topTokens }) => topTokens.map(({ tokenId, text }) => [tokenId, text])),
  );
  for (const [tokenId, text] of texts) {
    const found = tokenizer.decode([tokenId]);
    if (found !== text) {
      throw new InputError(
        `Recording runs: token ${tokenId} is ${JSON.stringify(text)} in the readings and ${JSON.stringify(found)} in ` +
          `${join(path, 'tokenizer.json')}. Expected the tokenizer of ${recorded.model.name}; this is another model's.`,
      );
    }
  }
  return inside;
}
