import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { InputError } from '../../files/input-error.js';
import { MANIFEST_FILE, type Manifest, readKeys, readManifest } from '../store/index.js';
import { makeStudy, type Study } from '../study.js';

/** A study put together from the runs that it has begun. */
export interface InterimStudy {
  /** Its note counts what is there and what is not. */
  readonly study: Study;
  /** Holds the runs. */
  readonly folder: string;
}

/**
 * What is there of a study or a probe that has not ended, as a study of its own: the models that were begun, with the settings
 * that they were begun with. Models that were not begun are unknown here.
 *
 * @param folder of the study, `data/runs/<study>`, or of one run in it
 * @throws InputError when there is no run in it, or its runs were not asked alike
 */
export async function interimStudy(folder: string): Promise<InterimStudy> {
  const isRun = existsSync(join(folder, MANIFEST_FILE));
  const names = isRun ? [basename(folder)] : runNames(folder);
  const parent = isRun ? dirname(folder) : folder;
  const runs = names.map((name) => ({ name, manifest: readManifest(join(parent, name)) }));
  const [first] = runs;
  if (first === undefined) {
    throw new InputError(
      `Looking for runs: ${folder} holds neither a summary.json nor a run (a folder with ${MANIFEST_FILE}). Expected the folder of a ` +
        'study or probe that has at least begun, data/runs/<study>. Correct the path.',
    );
  }
  const other = runs.find(({ manifest }) => !isDeepStrictEqual(manifest.settings, first.manifest.settings));
  if (other !== undefined) {
    throw new InputError(
      `Looking at the runs of ${folder}: ${other.name} was asked otherwise than ${first.name} (their ${MANIFEST_FILE} differ in settings). ` +
        'Expected runs of one study. Give one of them alone.',
    );
  }
  const counts: string[] = [];
  for (const { name, manifest } of runs) {
    counts.push(await countOf(join(parent, name), name, manifest));
  }
  return { folder: parent, study: studyOf(runs, counts) };
}

function runNames(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, MANIFEST_FILE)))
        .toSorted()
    : [];
}

async function countOf(folder: string, name: string, { promptCount, settings }: Manifest): Promise<string> {
  const [there, expected] = [(await readKeys(folder)).size, promptCount * settings.readingKinds.length];
  const number = (value: number): string => value.toLocaleString('en');
  return there === expected
    ? `${name}: all ${number(expected)} readings`
    : `${name}: ${number(there)} of ${number(expected)} readings, ${number(expected - there)} missing`;
}

function studyOf(
  runs: readonly { readonly name: string; readonly manifest: Manifest }[],
  counts: readonly string[],
): Study {
  const { study, settings } = (runs[0] as (typeof runs)[number]).manifest;
  const { items, templates, orders, formats, readingKinds, chat } = settings;
  const made = makeStudy({
    id: study,
    title: `${study}, as far as it has come`,
    models: runs.map(({ name }) => ({ name, folder: name })),
    settings: {
      ...{ items, templates, orders, formats, readings: readingKinds, chat },
      countries: settings.countries.flatMap((country) => country ?? []),
    },
  });
  const note = `Interim: this study has not ended. ${counts.join('; ')}. Models that were not begun are not here, cells without a reading count as unscored.`;
  return { ...made, note };
}
