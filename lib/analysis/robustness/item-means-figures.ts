import type { MaskedMatrix } from '../../statistics/masked-matrix.js';
import { type PointFigures, pointFigures } from '../point-figures.js';
import type { ItemSource, PeopleSource } from './specification.js';

const known = new WeakMap<PeopleSource, Map<string, PointFigures>>();

/**
 * The figures of item means on the cells that answers have. Remembered as long as the people's side: they depend on answers by
 * their missing cells alone, which most ways of asking, and most models of a study, have in common.
 */
export function itemMeansFigures(of: {
  readonly side: PeopleSource;
  readonly answers: MaskedMatrix;
  readonly part: ItemSource;
  readonly western: readonly boolean[];
}): PointFigures {
  const { side, answers, part, western } = of;
  const ofSide = known.get(side) ?? new Map<string, PointFigures>();
  known.set(side, ofSide);
  const key = [answers.present, part.items, western].map(bits).join(' ');
  const figures =
    ofSide.get(key) ??
    pointFigures({
      people: side.scores,
      model: onCellsOf(answers, side.itemMeans),
      items: part.items,
      western,
    });
  ofSide.set(key, figures);
  return figures;
}

function onCellsOf({ present }: MaskedMatrix, itemMeans: MaskedMatrix): MaskedMatrix {
  return {
    ...itemMeans,
    present: itemMeans.present.map((cell, place) => (present[place] === 1 ? cell : 0)),
  };
}

function bits(marks: ArrayLike<number | boolean>): string {
  return Buffer.from(Uint8Array.from(marks, Number)).toString('latin1');
}
