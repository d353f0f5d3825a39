import type { FileHasher } from '../identity.js';
import { recordedSource } from '../recorded/recorded-source.js';
import type { StudyModel } from '../study.js';
import { folderSource } from './folder-source.js';
import type { ModelSource } from './model-source.js';

/** The source of a study's model: its own folder, or readings that were recorded from it. */
export function studySource(model: StudyModel, hasher: FileHasher): ModelSource {
  return 'readings' in model ? recordedSource(model, hasher) : folderSource(model, hasher);
}
