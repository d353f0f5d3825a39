import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { checkGraphFiles } from '../../inference/graph/check-graph-files.js';
import { findModelFiles } from '../../inference/model-files.js';
import { readModelSettings } from '../../inference/model-settings.js';
import { openOnnxModel } from '../../inference/onnx-model.js';
import { loadChatTemplate } from '../../prompts/chat-template.js';
import { loadTokenizer } from '../../tokenization/tokenizer.js';
import { combineHashes, type FileHasher } from '../identity.js';
import type { FolderModel } from '../study-models.js';
import { checkCard, hasCard } from './check-card.js';
import { checkVocabulary } from './check-vocabulary.js';
import type { ModelSource } from './model-source.js';
import { modelTokenizer } from './model-tokenizer.js';

/**
 * A local folder with an ONNX graph and a tokenizer.
 *
 * @throws InputError when a file is missing or cut short, or the graph is of a kind that cannot be asked
 */
export function folderSource(reference: FolderModel, hasher: FileHasher): ModelSource {
  const folder = isAbsolute(reference.folder) ? reference.folder : projectPath(reference.folder);
  const files = findModelFiles(folder, reference);
  checkGraphFiles(files.graph);
  const tokenizerFolder = findTokenizerFolder(folder);
  const chatTemplate = loadChatTemplate(tokenizerFolder);
  let identity: Promise<string> | undefined;
  const fileIdentity = (): Promise<string> => {
    identity ??= hashFolder(folder, files.all, hasher);
    return identity;
  };
  return {
    name: reference.name,
    runsOn: 'this-machine',
    chatTemplate,
    fileIdentity,
    open: async (settings) => {
      const { provider } = settings;
      if (provider === 'none') {
        throw new Error(`${reference.name} is computed on this machine and was opened without a provider`);
      }
      const tokenizer = loadTokenizer(tokenizerFolder);
      const model = await openOnnxModel({
        name: reference.name,
        graph: files.graph,
        identity: await fileIdentity(),
        ...settings,
        provider,
        ...readModelSettings(folder),
      });
      try {
        checkVocabulary(tokenizer, model.card.vocabularySize);
      } catch (error) {
        await model.close();
        throw error;
      }
      return { model, origin: reference.origin ?? null, chatTemplate, ...modelTokenizer(tokenizer) };
    },
  };
}

/** A file that is not what the folder's own card says is another model under the same name. */
async function hashFolder(folder: string, names: readonly string[], hasher: FileHasher): Promise<string> {
  if (hasCard(folder)) {
    await checkCard(folder, hasher);
  }
  return combineHashes(folder, names, hasher);
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
