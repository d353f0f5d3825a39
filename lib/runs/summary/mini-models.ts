import { isAbsolute, relative, sep } from 'node:path';
import { dataPath, projectPath } from '../../files/data-folder.js';
import type { StudyModel } from '../study.js';

/** Names of the models that were trained on text made from the survey itself: known by where they, or their readings, lie. */
export function miniModels(models: readonly StudyModel[]): string[] {
  const homes = [dataPath('models', 'mini'), dataPath('readings', 'mini')];
  return models
    .filter((model) => {
      const given = 'readings' in model ? model.readings : model.folder;
      const path = isAbsolute(given) ? given : projectPath(given);
      return homes.some((home) => isBelow(path, home));
    })
    .map(({ name }) => name);
}

function isBelow(path: string, home: string): boolean {
  const way = relative(home, path);
  return way !== '' && !isAbsolute(way) && way.split(sep)[0] !== '..';
}
