import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { dataPath, projectPath } from '../../files/data-folder.js';
import { MANIFEST_FILE, readRecordingManifest } from '../store/index.js';
import type { StudyModel } from '../study-models.js';

/**
 * Names of the models that were trained on text made from the survey itself: known by where they, or their readings, lie, and
 * wherever they were copied to by the identity of their files.
 *
 * @param identities of the models' files by name, as the manifests of their runs have them
 */
export function miniModels(
  models: readonly StudyModel[],
  identities: ReadonlyMap<string, string> = new Map(),
): string[] {
  const homes = [dataPath('models', 'mini'), dataPath('readings', 'mini')];
  const known = identities.size === 0 ? new Set<string>() : miniIdentities();
  return models
    .filter((model) => {
      if (known.has(identities.get(model.name) ?? '')) {
        return true;
      }
      if ('hub' in model || 'endpoint' in model || 'log' in model) {
        return false;
      }
      const given = 'readings' in model ? model.readings : model.folder;
      const path = isAbsolute(given) ? given : projectPath(given);
      return homes.some((home) => isBelow(path, home));
    })
    .map(({ name }) => name);
}

/** Identities of the files of the mini models that ship. */
function miniIdentities(): Set<string> {
  const readings = dataPath('readings', 'mini');
  return new Set(
    readdirSync(readings)
      .map((name) => join(readings, name))
      .filter((folder) => existsSync(join(folder, MANIFEST_FILE)))
      .map((folder) => readRecordingManifest(folder).model.identity),
  );
}

function isBelow(path: string, home: string): boolean {
  const way = relative(home, path);
  return way !== '' && !isAbsolute(way) && way.split(sep)[0] !== '..';
}
