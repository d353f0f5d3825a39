import type { TrainingFactor } from './training-record.js';

/** What an analysis asks, and why its answer need not be about the factor. */
interface FactorText {
  readonly question: string;
  readonly causalNote: string;
}

/** The analyses in words. */
export const FACTORS: Readonly<Record<TrainingFactor, FactorText>> = {
  size: {
    question: 'Do larger models agree more with people?',
    causalNote:
      'Published models of different size often differ in the amount of text, the learning rate and the time of training as ' +
      'well; only models trained on the same text for this comparison isolate size.',
  },
  languages: {
    question: 'Does text in more languages lessen the lean to the West?',
    causalNote:
      'A model with more languages has usually read other text, with other content, and another amount of it: what the text ' +
      'says and the language it says it in come together unless the same content is told in each.',
  },
  alignment: {
    question: 'Does instruction tuning bring answers closer to people, or only the form of the answer?',
    causalNote:
      'Tuning changes the format that a model expects, the share of its probability on the options, and what it says. Ask base ' +
      'and tuned model in both formats, and compare with tuning on answers that are known to be wrong, before calling it values.',
  },
  'synthetic text': {
    question: 'Does text written by a model help a smaller one, and does it pass on the lean of its writer?',
    causalNote:
      'Synthetic text comes on top of other text: compare with as much real text, or more text alone may be the cause; and ' +
      'what it passes on depends on the model that wrote it.',
  },
  'way of asking': {
    question: 'What does the way of asking change, the model being the same?',
    causalNote:
      'Format and wording differ in more than one thing as well (length, position of the country, a system turn): the difference is ' +
      'that of the two ways as a whole.',
  },
};
