import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { projectPath } from '../files/data-folder.js';
import { InputError } from '../files/input-error.js';
import { findModelFiles } from '../inference/model-files.js';
import { readModelSettings } from '../inference/model-settings.js';
import { openOnnxModel } from '../inference/onnx-model.js';
import { type ChatTemplate, loadChatTemplate } from '../prompts/chat-template.js';
import { type EncodingResult, encodePrompt } from '../tokenization/encode-prompt.js';
import { loadTokenizer, type Tokenizer } from '../tokenization/tokenizer.js';
import type { LanguageModel, Prompt, Provider } from '../types.js';
import { combineHashes, type FileHasher } from './identity.js';
import type { StudyModel } from './study.js';

/** A model that can be opened; nothing heavy is loaded until {@link ModelSource.open}. */
export interface ModelSource {
  readonly name: string;
  readonly chatTemplate: ChatTemplate | null;
  /** SHA-256 over all files that the model's numbers depend on. */
  fileIdentity(): Promise<string>;
  open(settings: { readonly provider: Provider; readonly threads: number | null }): Promise<OpenedModel>;
}

/** A loaded model with its own tokenizer. */
export interface OpenedModel {
  readonly model: LanguageModel;
  encode(prompt: Prompt): EncodingResult;
  /** Text of one token. */
  tokenText(tokenId: number): string;
}

// An export may pad its output layer for speed; a tokenizer that lacks more than this share is another model's.
const LARGEST_PADDED_SHARE = 0.1;

/** A local folder with an ONNX graph and a tokenizer. */
export function folderSource(reference: StudyModel, hasher: FileHasher): ModelSource {
  const folder = isAbsolute(reference.folder) ? reference.folder : projectPath(reference.folder);
  const files = findModelFiles(folder);
  const tokenizerFolder = findTokenizerFolder(folder);
  let identity: Promise<string> | undefined;
  const fileIdentity = (): Promise<string> => {
    identity ??= combineHashes(folder, files.all, hasher);
    return identity;
  };
  return {
    name: reference.name,
    chatTemplate: loadChatTemplate(tokenizerFolder),
    fileIdentity,
    open: async ({ provider, threads }) => {
      const tokenizer = loadTokenizer(tokenizerFolder);
      const model = await openOnnxModel({
        name: reference.name,
        graph: files.graph,
        provider,
        threads,
        identity: await fileIdentity(),
        ...readModelSettings(folder),
      });
      try {
        checkVocabulary(tokenizer, model.card.vocabularySize);
      } catch (error) {
        await model.close();
        throw error;
      }
      return {
        model,
        encode: (prompt) => encodePrompt(tokenizer, prompt),
        tokenText: (tokenId) => tokenizer.decode([tokenId]),
      };
    },
  };
}

function findTokenizerFolder(folder: string): string {
  const found = [folder, join(folder, 'onnx')].find((place) => existsSync(join(place, 'tokenizer.json')));
  if (found === undefined) {
    throw new InputError(
      `Opening the model folder ${folder}: tokenizer.json is missing. Expected it beside the graph, with ` +
        'tokenizer_config.json. Copy both from where the model came from.',
    );
  }
  return found;
}

function checkVocabulary(tokenizer: Tokenizer, logits: number): void {
  const tokens = tokenizer.vocabularySize;
  if (tokens > logits || tokens < logits * (1 - LARGEST_PADDED_SHARE)) {
    throw new InputError(
      `Opening the model folder ${tokenizer.folder}: tokenizer.json knows ${tokens} token ids, but the graph returns ` +
        `${logits} logits. Expected about as many: this tokenizer belongs to another model. Copy both from one source.`,
    );
  }
}
