import { InputError } from '../../files/input-error.js';
import type { FileHasher } from '../identity.js';
import { recordedSource } from '../recorded/recorded-source.js';
import type { LocalModel } from '../study-models.js';
import { endpointSource } from './endpoint-source.js';
import { folderSource } from './folder-source.js';
import type { ModelSource } from './model-source.js';

/**
 * The source of a study's model: its own folder, servers that run it, or readings that were recorded from it.
 *
 * @throws InputError for a log, which only an import reads, and as the source itself does
 */
export function studySource(model: LocalModel, hasher: FileHasher): ModelSource {
  if ('readings' in model) {
    return recordedSource(model, hasher);
  }
  if ('log' in model) {
    throw new InputError(
      `Opening ${model.name}: its readings are in ${model.log.file}, a log of ${model.log.tool}, which is read when it is imported. Expected a model ` +
        `that can be opened. Import the log: culture-lens import ${model.log.tool} <${model.log.tool === 'lm-eval' ? 'samples' : 'log'}>.`,
    );
  }
  return 'endpoint' in model ? endpointSource(model, hasher) : folderSource(model, hasher);
}
