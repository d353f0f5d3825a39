import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { messageOf } from '../../files/input-error.js';
import { readSummary } from './read-summary.js';
import { isRecorded } from './row-name.js';
import type { Summary, SummaryRow } from './summary-record.js';

/** What was found in earlier studies. */
export interface SavedSummaries {
  /** In the order of their folders' names. */
  readonly summaries: readonly Summary[];
  /** Folders whose summary cannot be read, each with the reason and the way out. */
  readonly unreadable: readonly { readonly folder: string; readonly reason: string }[];
}

/**
 * The summaries of all studies and probes that are stored; none where nothing was asked yet.
 *
 * @param runsFolder absolute; data/runs of the project by default
 */
export function savedSummaries(runsFolder: string = projectPath('data', 'runs')): SavedSummaries {
  const folders = studyFolders(runsFolder).filter((folder) => existsSync(join(folder, 'summary.json')));
  const summaries: Summary[] = [];
  const unreadable: { folder: string; reason: string }[] = [];
  for (const folder of folders) {
    try {
      summaries.push(readSummary(folder));
    } catch (error) {
      unreadable.push({ folder, reason: messageOf(error) });
    }
  }
  return { summaries, unreadable };
}

/** Those rows of a summary that are about real models run here: no reference, no mini model, no recording. */
export function realModelRows({ rows, miniModels }: Pick<Summary, 'rows' | 'miniModels'>): SummaryRow[] {
  return rows.filter((row) => row.kind === 'model' && !isRecorded(row) && !miniModels.includes(row.name));
}

/** Studies have their summary in their own folder, a probe in that of its model. */
function studyFolders(runsFolder: string): string[] {
  const below = (folder: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => join(folder, name))
          .toSorted()
      : [];
  return below(runsFolder).flatMap((study) => [study, ...below(study)]);
}
