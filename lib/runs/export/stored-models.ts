import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../files/input-error.js';
import {
  MANIFEST_FILE,
  RECORDED_READINGS_FILE,
  type RunSettings,
  readKeys,
  readManifest,
  readRecordingManifest,
} from '../store/index.js';

/** One model whose readings are stored, and where they come from. */
export interface StoredModel {
  readonly folder: string;
  readonly name: string;
  /** What was asked; null for a recording, whose readings tell. */
  readonly asked: RunSettings | null;
  /** Readings that the run still lacks. */
  readonly missing: number;
  /** What its manifest says, but for the plan of the run. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/**
 * The models of a run, of all runs of a study, or of a recording; readings are not read yet.
 *
 * @param options.partial takes runs that lack readings; they are refused otherwise
 * @throws InputError where there is no run or recording, and for a run that has not ended
 */
export async function storedModels(
  folder: string,
  { partial }: { readonly partial: boolean },
): Promise<StoredModel[]> {
  requireFolder(folder);
  if (existsSync(join(folder, RECORDED_READINGS_FILE))) {
    const manifest = readRecordingManifest(folder);
    const runs = manifest.runs.map(({ plan: _, ...run }) => run);
    return [{ folder, name: manifest.model.name, asked: null, missing: 0, manifest: { ...manifest, runs } }];
  }
  const folders = existsSync(join(folder, MANIFEST_FILE)) ? [folder] : runsIn(folder);
  if (folders.length === 0) {
    throw new InputError(
      `Exporting readings: ${folder} holds no run (a folder with ${MANIFEST_FILE}) and no recording (${RECORDED_READINGS_FILE}). Expected ` +
        'data/runs/<study>, data/runs/<study>/<model>, or a recording such as data/readings/<model>. Correct the path.',
    );
  }
  const models: StoredModel[] = [];
  for (const run of folders) {
    models.push(await storedRun(run));
  }
  const lacking = models.filter(({ missing }) => missing > 0);
  if (!partial && lacking.length > 0) {
    const counts = lacking.map(
      ({ name, missing }) => `${name} lacks ${missing.toLocaleString('en')} readings`,
    );
    throw new InputError(
      `Exporting readings: ${folder} has not ended (${counts.join('; ')}). Expected all of them. Repeat the command that began it, ` +
        'or export what is there with --partial: a cell without a reading is then unscored.',
    );
  }
  return models;
}

async function storedRun(folder: string): Promise<StoredModel> {
  const { plan: _, ...manifest } = readManifest(folder);
  const { model, settings: asked, promptCount } = manifest;
  const expected = promptCount * asked.readingKinds.length;
  return {
    folder,
    name: model.name,
    asked,
    missing: expected - (await readKeys(folder)).size,
    manifest: { ...manifest },
  };
}

function runsIn(folder: string): string[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, MANIFEST_FILE)));
}

function requireFolder(folder: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new InputError(
      `Exporting readings: ${folder} is ${existsSync(folder) ? 'no folder' : 'not there'}. Expected a run, a study or a recording. ` +
        'Correct the path.',
    );
  }
}
