import type { Item } from '../../lib/types.js';

/** An item that can be asked and carries a mean: three ordered answers, the lowest code means most. */
export function sampleItem(changes: Partial<Item> = {}): Item {
  return {
    variable: 'Q1',
    category: 'happiness',
    battery: 'Q1',
    construct: 'value',
    label: 'Importance of tea',
    question: 'How much does tea matter to you?',
    options: [
      { code: 1, label: 'Much', score: 1, offered: true },
      { code: 2, label: 'Some', score: 0, offered: true },
      { code: 3, label: 'None', score: -1, offered: true },
    ],
    orientation: 'lower',
    droppedCodes: [],
    canMean: true,
    whyNoMean: null,
    canAsk: true,
    whyNotAsked: null,
    note: null,
    ...changes,
  };
}
