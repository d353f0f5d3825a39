import { Command } from 'commander';
import { InputError } from '../../files/input-error.js';
import { loadCountries } from '../../survey/countries.js';
import { loadSurveyFacts } from '../../survey/facts.js';
import { loadHumanAnswers } from '../../survey/human-answers.js';
import { selectItems } from '../../survey/item-sets.js';
import { loadItems } from '../../survey/items.js';
import { surveyValidation } from '../../survey/validation.js';
import { textTable } from '../tables/text-table.js';

/** `culture-lens survey`: the survey's files against the facts stated about them. */
export function surveyCommand(): Command {
  return new Command('survey')
    .description(
      "Check the survey's files against the facts in data/survey/README.md: counts, coverage, extremes.",
    )
    .action(() => {
      const items = loadItems();
      const facts = loadSurveyFacts();
      const rows = surveyValidation({
        items,
        defaultItems: selectItems(items, 'wvs-209'),
        countries: loadCountries(),
        human: loadHumanAnswers(items, { weights: facts.weights }),
        facts,
      });
      const columns = ['fact', 'stated', 'found', 'agrees', 'stated in'].map((title) => ({
        title,
        align: 'left' as const,
      }));
      console.log(
        textTable(
          columns,
          rows.map((row) => [row.fact, row.expected, row.found, row.agrees ? 'yes' : 'NO', row.statedIn]),
        ),
      );
      const wrong = rows.filter((row) => !row.agrees);
      if (wrong.length > 0) {
        throw new InputError(
          `Checking the survey: ${wrong.length} of ${rows.length} facts do not agree with the files in data/survey. ` +
            'Restore the files, or correct data/survey/facts.json if the data were renewed on purpose.',
        );
      }
      console.log(`\nAll ${rows.length} facts agree.`);
    });
}
