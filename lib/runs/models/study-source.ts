import type { FileHasher } from '../identity.js';
import { recordedSource } from '../recorded/recorded-source.js';
import type { LocalModel } from '../study-models.js';
import { endpointSource } from './endpoint-source.js';
import { folderSource } from './folder-source.js';
import type { ModelSource } from './model-source.js';

/** The source of a study's model: its own folder, servers that run it, or readings that were recorded from it. */
export function studySource(model: LocalModel, hasher: FileHasher): ModelSource {
  if ('readings' in model) {
    return recordedSource(model, hasher);
  }
  return 'endpoint' in model ? endpointSource(model, hasher) : folderSource(model, hasher);
}
