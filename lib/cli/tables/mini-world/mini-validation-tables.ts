import type { MiniFactor } from '../../../analysis/mini-world/mini-world.js';
import type { MiniValidation } from '../../../runs/mini-world/validate-mini.js';
import { wrapped } from '../wrapped.js';
import { factorTables, splitsTable } from './factor-tables.js';
import { MINI_NOT_REAL } from './not-real.js';
import {
  heldOutTable,
  REFERENCES_NOTE,
  recipesTable,
  referencesTable,
  TOLD_NOTE,
  toldTable,
} from './recipe-tables.js';

const TITLES: Readonly<Record<MiniFactor, string>> = {
  size: 'Size: do larger models know more of what no text told?',
  coverage: 'Coverage: does text about more countries lessen the lean to the West?',
  languages: 'Languages: is it the language of a text that helps, or what it says?',
  alignment: 'Alignment: does tuning change the form of the answer, or what it says?',
  synthetic: 'Synthetic text: what does a model that reads another model learn?',
  null: 'Nothing: how different do trainings look that differ in their seed alone?',
};

const CLOSING =
  'Deviations are from the item means of the other countries of what is compared with (people, or the text), over all its cells. Seeds are ' +
  'the unit: intervals and p by Welch\'s t, trends by permuting seeds (Jonckheere), Holm over all tests of a block; "exact p" permutes the ' +
  'seeds of two recipes and is not adjusted: with few seeds it cannot be small. Seeds of the same number read their rows in the same order, ' +
  'so recipes are not independent copies: intervals are, if anything, too wide.';

/** All that the mini models show, for a terminal of 120 columns. */
export function miniValidationTables(found: MiniValidation): string {
  const factors = Object.keys(TITLES) as MiniFactor[];
  return [
    'Recipes: how they were made, and which trainings are there',
    '',
    recipesTable(found),
    ...missingNotes(found),
    '',
    'What they answer where a text tells',
    '',
    toldTable(found),
    '',
    wrapped(TOLD_NOTE),
    '',
    'What they answer where none does: held-out cells, blocks and whole countries, against people',
    '',
    heldOutTable(found),
    '',
    'What can be known without a model, and what the texts say',
    '',
    referencesTable(found),
    '',
    wrapped(REFERENCES_NOTE),
    ...factors.flatMap((factor) => ['', TITLES[factor], '', ...factorBlock(found, factor)]),
    '',
    wrapped(CLOSING),
    wrapped(MINI_NOT_REAL),
  ].join('\n');
}

function factorBlock({ factors, answers }: MiniValidation, factor: MiniFactor): string[] {
  return [
    ...answers[factor].map((sentence) => wrapped(sentence)),
    '',
    ...(factor === 'null' ? [splitsTable(factors.null), ''] : []),
    // The splits show the same figures of the one recipe with their spread.
    factorTables(
      factor === 'null' ? { ...factors.null, arms: factors.null.arms.slice(-2) } : factors[factor],
    ),
  ];
}

function missingNotes({ missing: { trainings, tellings } }: MiniValidation): string[] {
  return [
    ...(trainings.length === 0
      ? []
      : [
          '',
          wrapped(
            `${trainings.length} ${trainings.length === 1 ? 'training is' : 'trainings are'} not finished: \`python make.py train all\` in data/models/mini/make. Recipes with fewer than ` +
              'two trainings are no part of a claim.',
          ),
        ]),
    ...(tellings.length === 0
      ? []
      : [
          '',
          wrapped(
            `Text-implied means are missing of ${tellings.join(', ')}: \`python make.py tell ${tellings.join(' ')}\` there.`,
          ),
        ]),
  ];
}
