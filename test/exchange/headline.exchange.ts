import { join } from 'node:path';
import { describe, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { exportReadings } from '../../lib/runs/export/export-readings.js';
import { runStudy } from '../../lib/runs/run-study.js';
import { loadStudy } from '../../lib/runs/study.js';
import { expectHeadline } from '../runs/export/headline.js';
import { newFolder } from '../support/small-run.js';

// Recorded readings of a real model in every wording and both formats: whole questionnaires without running a model.
const STUDY = projectPath('data', 'studies', 'smollm2-recorded.json');

describe('the headline table of a whole study', () => {
  it('is computed from the exported table by R and by Python', async () => {
    const outcome = await runStudy({
      study: loadStudy(STUDY),
      runsFolder: newFolder(),
      onProgress: () => {},
      onMessage: () => {},
      signal: new AbortController().signal,
      command: 'a check',
    });
    const out = join(newFolder(), 'cells.csv');
    await exportReadings({ folder: outcome.folder, out });
    expectHeadline('python3', 'headline.py', out, outcome.summary);
    expectHeadline('Rscript', 'headline.R', out, outcome.summary);
  });
});
