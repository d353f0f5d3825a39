import type { CellFigures } from './cell-figures.js';
import type { CellsName, Stratum } from './cells.js';
import type { AlignmentAnswer } from './factors/alignment.js';
import type { CoverageAnswer } from './factors/coverage.js';
import type { FactorTests } from './factors/factor-tests.js';
import type { NullAnswer } from './factors/null.js';
import type { SizeAnswer } from './factors/size.js';
import type { FoundFigures } from './figure-table.js';
import type { MiniRecipe } from './mini-world.js';
import type { ReferenceFigures } from './predictability.js';
import type { SeedValues } from './seed-values.js';

/** A recipe and which of its trainings are there. */
export interface RecipeStatus extends MiniRecipe {
  readonly trained: readonly number[];
  readonly missing: readonly number[];
  /** Deviation r against people, plain and in English: seen and held-out cells. */
  readonly seen: SeedValues;
  readonly heldOut: SeedValues;
}

/** Figures in each stratum, and in all cells together. */
export type ByStratum = Readonly<Record<Stratum | 'all', FoundFigures>>;

/** The figures of one training, asked in one way. */
export interface TrainingFigures {
  readonly recipe: string;
  readonly seed: number;
  readonly format: string;
  readonly language: string;
  /** Against people's answers: r(model, people). */
  readonly withPeople: ByStratum;
  /** Against what its own text says, in the cells that it tells: r(model, t). */
  readonly withText: ByStratum;
}

/** What a text says against people, in the cells that it tells: r(t, people). */
export interface TextFigures {
  readonly telling: string;
  readonly found: FoundFigures;
}

/** What is found in the mini world, as plain data. */
export interface MiniWorldAnalysis {
  readonly recipes: readonly RecipeStatus[];
  /** Cells of each part in which people have a mean score. */
  readonly cells: readonly { readonly name: CellsName; readonly cells: number }[];
  readonly texts: readonly TextFigures[];
  readonly references: readonly ReferenceFigures[];
  readonly trainings: readonly TrainingFigures[];
  readonly factors: {
    readonly size: SizeAnswer;
    readonly coverage: CoverageAnswer;
    readonly languages: FactorTests;
    readonly alignment: AlignmentAnswer;
    readonly synthetic: FactorTests;
    readonly null: NullAnswer;
  };
}

/** The figures that there are; null where there are none. */
export function figuresIn(found: FoundFigures): CellFigures | null {
  return found.kind === 'figures' ? found.figures : null;
}
