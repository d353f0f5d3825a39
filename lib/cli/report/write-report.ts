import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { InputError, messageOf } from '../../files/input-error.js';
import { readTextFile } from '../../files/read-json.js';
import { writeWhole } from '../../files/write-whole.js';
import { loadQuestionnaire } from '../../runs/questionnaire.js';
import { specificationRows } from '../../runs/robustness/specification-rows.js';
import { interimStudy } from '../../runs/summary/interim-study.js';
import { readSpecifications } from '../../runs/summary/read-specifications.js';
import { readSummary } from '../../runs/summary/read-summary.js';
import { summarise } from '../../runs/summary/summary.js';
import { loadCategories } from '../../survey/categories.js';
import { loadCountries } from '../../survey/countries.js';
import { reportHtml } from './report-html.js';
import type { ReportInput } from './report-input.js';

/**
 * Writes `report.html` into the folder of a study: from its `summary.json` and `specifications.csv`, or, where it has not
 * ended, from the readings that are there. Needs no model.
 *
 * @param folder of a study, `data/runs/<study>`, or of a probe, `data/runs/<study>/<model>`
 * @returns its path, and what is there of a study that has not ended
 * @throws InputError when nothing is there, it cannot be read or the report cannot be written; an older report then stays whole
 */
export async function writeReport(
  folder: string,
): Promise<{ readonly path: string; readonly interim: string | null }> {
  const path = join(folder, 'report.html');
  const isFinished = existsSync(join(folder, 'summary.json')) || !existsSync(folder);
  const { summary, specifications } = isFinished ? readFinished(folder) : await computeInterim(folder);
  const { side } = summary.human;
  await writeWhole(
    path,
    reportHtml({
      ...{ summary, specifications, plotly: readPlotly() },
      countries: side?.countries ?? loadCountries(),
      categories: side?.categories ?? loadCategories(),
    }),
  );
  return { path, interim: isFinished ? null : summary.study.note };
}

type Found = Pick<ReportInput, 'summary' | 'specifications'>;

function readFinished(folder: string): Found {
  return { summary: readSummary(folder), specifications: readSpecifications(folder) };
}

/** Computed for the page only: a summary.json would pass for that of a finished study. */
async function computeInterim(folder: string): Promise<Found> {
  const interim = await interimStudy(folder);
  const questionnaire = loadQuestionnaire(interim.study.settings);
  const { summary, curves } = await summarise({ ...interim, questionnaire });
  const { id: study } = interim.study;
  return {
    summary,
    specifications: curves.flatMap(({ model, curve }) => specificationRows(curve, { study, model })),
  };
}

/** plotly.js without what only maps and 3D need. */
function readPlotly(): string {
  const path = projectPath('node_modules', 'plotly.js', 'dist', 'plotly-cartesian.min.js');
  try {
    return readTextFile(path, 'plotly.js for the report');
  } catch (error) {
    throw new InputError(`${messageOf(error)} Run npm ci.`);
  }
}
