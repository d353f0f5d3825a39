import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStudy, type StudyOutcome, type StudyRequest } from '../../lib/runs/run-study.js';
import { makeStudy, type StudySettings } from '../../lib/runs/study.js';
import type { StudyModel } from '../../lib/runs/study-models.js';

/** A new folder below the system's temporary one. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'recorded-'));
}

/** Runs a small study on one model in a new folder, or in one that is given. */
export function runSmall(
  model: StudyModel,
  parts: Partial<Pick<StudyRequest, 'runsFolder' | 'openSource' | 'onMessage' | 'onProgress' | 'signal'>> & {
    readonly settings?: Partial<StudySettings>;
  } = {},
): Promise<StudyOutcome> {
  const { settings, ...rest } = parts;
  return runStudy({
    study: makeStudy({
      id: 'small',
      title: 'A small study',
      models: [model],
      settings: { provider: 'cpu', ...settings },
    }),
    runsFolder: newFolder(),
    onProgress: () => {},
    onMessage: () => {},
    signal: new AbortController().signal,
    command: 'a test',
    ...rest,
  });
}
