import type { LanguageModel } from '../types.js';
import { chooseReader, type ReaderSettings } from './choose-reader.js';
import { languageModel } from './language-model.js';

/** What {@link openOnnxModel} needs to know. */
export interface OnnxModelSettings extends ReaderSettings {
  readonly name: string;
  /** SHA-256 over the model's files. */
  readonly identity: string;
}

/**
 * Opens an ONNX graph as a language model and tests it on itself: see {@link chooseReader}.
 *
 * @throws InputError when the graph cannot be loaded, has inputs of unknown meaning, or returns NaN
 */
export async function openOnnxModel(settings: OnnxModelSettings): Promise<LanguageModel> {
  const { name, provider, identity, endTokens } = settings;
  const { reader, dtype, selfTest } = await chooseReader(settings);
  const { vocabularySize } = reader;
  return languageModel(reader, {
    card: { name, engine: 'onnx', dtype, provider, vocabularySize, selfTest, identity },
    endTokens,
  });
}
