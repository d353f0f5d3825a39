import type { FactorTests } from '../../../analysis/mini-world/factors/factor-tests.js';
import type { SeedContrast } from '../../../analysis/mini-world/seed-contrast.js';
import { contrastInWords, verdictOf } from './words.js';

/** What the language of a text does and what it says does, in sentences. */
export function languagesInWords({ contrasts }: FactorTests): string[] {
  const asked = (language: 'own' | 'english') =>
    contrasts.filter(({ about, measure }) => about === 'own content' && measure.language === language);
  const added = contrasts.filter(({ about }) => about !== 'own content');
  return [
    `${OWN_LEAD[shownBy(asked('own'))]}: ${inWords(asked('own'))}.`,
    `${ENGLISH_LEAD[shownBy(asked('english'))]}: ${inWords(asked('english'))}.`,
    `Beside the same steps over English text alone, asked in English: ${inWords(added)}.`,
  ];
}

type Shown = 'all' | 'some' | 'none';

const CLAIM =
  'Asked in their own language, a model answers more like the speakers where its text tells what they say than where it translates ' +
  'the West';

const OWN_LEAD: Readonly<Record<Shown, string>> = {
  all: `What a text says counts, not only its language. ${CLAIM}`,
  some: `${CLAIM}, by one figure, not by the other`,
  none: `That what a text says counts, and not its language, is not shown. Asked in their own language`,
};

const ENGLISH_LEAD: Readonly<Record<Shown, string>> = {
  all: 'It carries over to questions in English',
  some: 'It carries over to questions in English by one figure, not by the other',
  none: 'That it carries over to questions in English is not shown',
};

/** Whether local text is ahead of translated text beyond chance in all figures. */
function shownBy(contrasts: readonly SeedContrast[]): Shown {
  const ahead = contrasts.filter((one) => verdictOf(one) === 'higher').length;
  return ahead === 0 ? 'none' : ahead === contrasts.length ? 'all' : 'some';
}

function inWords(contrasts: readonly SeedContrast[]): string {
  return contrasts.map((one) => `${one.measure.figure} ${contrastInWords(one)}`).join('; ');
}
