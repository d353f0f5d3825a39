import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { writeReport } from '../report/write-report.js';

const HELP = `
The report is one HTML file that can be sent and opened without a network: tables, figures, settings
and sources. A study and a probe write it when they end; this writes it again from summary.json and
specifications.csv, without any model. Of a study that was stopped or is still running it makes an
interim report of what is there, and counts what is not.

  npx culture-lens report data/runs/mini
  npx culture-lens report data/runs/probe/<model>`;

/** `culture-lens report <folder>`: the report of a study, from what it wrote. */
export function reportCommand(): Command {
  return new Command('report')
    .description('Write report.html of a study again; of one that has not ended, from what is there.')
    .argument('<folder>', 'folder of the study, data/runs/<study>; of a probe, data/runs/<study>/<model>')
    .addHelpText('after', HELP)
    .action(async (folder: string) => {
      const { path, interim } = await writeReport(resolve(folder));
      if (interim !== null) {
        console.log(interim);
      }
      console.log(`Written: ${relative(process.cwd(), path)}`);
    });
}
