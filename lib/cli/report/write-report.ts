import { join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { InputError, messageOf } from '../../files/input-error.js';
import { readTextFile } from '../../files/read-json.js';
import { writeWhole } from '../../files/write-whole.js';
import { readSpecifications } from '../../runs/summary/read-specifications.js';
import { readSummary } from '../../runs/summary/read-summary.js';
import { loadCategories } from '../../survey/categories.js';
import { loadCountries } from '../../survey/countries.js';
import { reportHtml } from './report-html.js';

/**
 * Writes `report.html` beside the `summary.json` and `specifications.csv` that it is made of. Needs no model.
 *
 * @param folder of a study, `data/runs/<study>`, or of a probe, `data/runs/<study>/<model>`
 * @returns its path
 * @throws InputError when one of the two cannot be read or the report cannot be written; an older report then stays whole
 */
export async function writeReport(folder: string): Promise<string> {
  const path = join(folder, 'report.html');
  const summary = readSummary(folder);
  const specifications = readSpecifications(folder);
  const side = summary.human.side ?? null;
  await writeWhole(
    path,
    reportHtml({
      ...{ summary, specifications, plotly: readPlotly() },
      countries: side?.countries ?? loadCountries(),
      categories: side?.categories ?? loadCategories(),
    }),
  );
  return path;
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
