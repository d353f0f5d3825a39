import { cellAt, type MaskedMatrix, maskedMatrix } from '../../statistics/masked-matrix.js';
import type { PromptFormat } from '../../types.js';
import { type CellFigures, cellFigures } from './cell-figures.js';
import { type CellParts, type CellsName, cellParts } from './cells.js';
import type { AskedReadings, MiniTraining, MiniWorld } from './mini-world.js';
import { type Side, sideOf } from './side.js';

/** What a model is compared with: people's answers, or what its own text says (only in the cells that the text tells). */
export type ComparedWith = 'people' | 'text';

/**
 * How a model was asked. `own`: the countries outside the West that speak a constructed language in that language, all others
 * in English.
 */
export interface Asked {
  readonly format: PromptFormat;
  readonly language: 'english' | 'own';
}

export const PLAIN: Asked = { format: 'plain', language: 'english' };

/** Which figures of a training are wanted. */
export interface FigureChoice extends Asked {
  readonly cells: CellsName;
  readonly with: ComparedWith;
}

/** Figures, or why there are none. */
export type FoundFigures =
  | { readonly kind: 'figures'; readonly figures: CellFigures }
  | { readonly kind: 'missing'; readonly reason: string };

/** The figures of all trainings, each computed once, when it is first asked for. */
export interface FigureTable {
  readonly parts: CellParts;
  readonly people: Side;
  readonly western: readonly boolean[];
  readonly of: (training: MiniTraining, choice: FigureChoice) => FoundFigures;
  /** What a text says, against people, in the cells that it tells. */
  readonly ofText: (telling: string, cells: CellsName) => FoundFigures;
}

/** People's mean scores, countries x items. */
export function peopleMatrix({ human, countries, items }: MiniWorld): MaskedMatrix {
  return maskedMatrix(
    countries.map(({ iso3 }) => items.map(({ variable }) => human.meanScore(iso3, variable))),
  );
}

export function figureTable(world: MiniWorld): FigureTable {
  const parts = cellParts(world);
  const people = sideOf(peopleMatrix(world));
  const western = world.countries.map((country) => country.western);
  const tellings = new Map(world.recipes.map(({ name, telling }) => [name, telling]));
  const textSide = remembering((telling: string): Side | null => {
    const text = world.textImplied.get(telling);
    return text === undefined ? null : sideOf(text);
  });
  const modelScores = remembering((_key: string, training: MiniTraining, asked: Asked): ModelScores | null =>
    modelScoresOf(training, asked),
  );
  const onPart = (cells: CellsName, x: Side, y: ModelScores): FoundFigures => {
    const part = parts.get(cells);
    return part === undefined
      ? missing(`which cells "${cells}" are is not known without the text-implied means of both texts`)
      : { kind: 'figures', figures: cellFigures({ x, y: y.scores, cells: part, western, ...y.mass }) };
  };
  const missingText = (telling: string): FoundFigures =>
    missing(`the text-implied means of ${telling} are not there`);
  const of = remembering((_key: string, training: MiniTraining, choice: FigureChoice): FoundFigures => {
    const telling = tellings.get(training.recipe) ?? 'people';
    const x = choice.with === 'people' ? people : textSide(telling);
    const y = modelScores(keyOf(training, choice), training, choice);
    if (y === null) {
      return missing(
        `${training.recipe} seed ${training.seed} was not asked ${choice.format}, in ${choice.language}`,
      );
    }
    return x === null ? missingText(telling) : onPart(choice.cells, x, y);
  });
  return {
    ...{ parts, people, western },
    of: (training, choice) =>
      of(`${keyOf(training, choice)} ${choice.with} ${choice.cells}`, training, choice),
    ofText: (telling, cells) => {
      const text = textSide(telling);
      return text === null ? missingText(telling) : onPart(cells, people, { scores: text.scores, mass: {} });
    },
  };
}

interface ModelScores {
  readonly scores: MaskedMatrix;
  readonly mass: { readonly optionMass?: MaskedMatrix };
}

function modelScoresOf({ readings }: MiniTraining, { format, language }: Asked): ModelScores | null {
  const asked = readings.filter((one) => one.format === format);
  const english = asked.find((one) => one.language === 'english');
  const others = asked.filter((one) => one.language !== 'english');
  if (english === undefined || (language === 'own' && others.length === 0)) {
    return null;
  }
  const layers = language === 'own' ? [english, ...others] : [english];
  const joined = (which: 'scores' | 'optionMass'): MaskedMatrix =>
    maskedMatrix(
      Array.from({ length: english.scores.rows }, (_, c) => {
        const layer = layers.findLast((one) => isAsked(one, c)) ?? english;
        return Array.from({ length: english.scores.columns }, (_none, i) => cellAt(layer[which], c, i));
      }),
    );
  return { scores: joined('scores'), mass: { optionMass: joined('optionMass') } };
}

function isAsked({ scores: { present, columns } }: AskedReadings, country: number): boolean {
  return present.subarray(country * columns, (country + 1) * columns).includes(1);
}

function keyOf({ recipe, seed }: MiniTraining, { format, language }: Asked): string {
  return `${recipe} ${seed} ${format} ${language}`;
}

function missing(reason: string): FoundFigures {
  return { kind: 'missing', reason };
}

/** A function that computes its answer to each first argument once. */
function remembering<Rest extends readonly unknown[], Result>(
  compute: (key: string, ...rest: Rest) => Result,
): (key: string, ...rest: Rest) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (key, ...rest) => {
    const found = known.get(key) ?? { result: compute(key, ...rest) };
    known.set(key, found);
    return found.result;
  };
}
