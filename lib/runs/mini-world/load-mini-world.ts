import type { MiniWorld } from '../../analysis/mini-world/mini-world.js';
import { dataPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { loadSurvey } from '../survey.js';
import { loadHeldOut } from './held-out.js';
import { knownCells } from './known-cells.js';
import { loadRecipes } from './recipes.js';
import { loadTextImplied } from './text-implied.js';
import { loadTrainings, type SeedOfRecipe } from './trainings.js';

/** Where the files of a mini world lie. */
export interface MiniWorldFolders {
  /** Holds recipes.json, held-out.csv and text-implied/; data/models/mini by default. */
  readonly models?: string;
  /** Holds `<recipe>/<seed>.parquet`; data/readings/mini/seeds by default. */
  readonly seeds?: string;
}

/** What people, items and countries a mini world is about. */
export type MiniQuestions = Pick<MiniWorld, 'human' | 'countries' | 'items'>;

/** A mini world and what of it is not there (yet). */
export interface LoadedMiniWorld {
  readonly world: MiniWorld;
  readonly missing: {
    readonly trainings: readonly SeedOfRecipe[];
    /** Tellings without text-implied means. */
    readonly tellings: readonly string[];
  };
}

/**
 * Reads recipes, held-out cells, text-implied means and the readings of all finished trainings.
 *
 * @param options.questions the survey's default items and countries unless a test says otherwise
 * @throws InputError naming the file that cannot be used, and when there is no training at all
 */
export async function loadMiniWorld(
  options: MiniWorldFolders & {
    readonly questions?: MiniQuestions;
    readonly onTraining?: (of: number) => void;
  } = {},
): Promise<LoadedMiniWorld> {
  const models = options.models ?? dataPath('models', 'mini');
  const seeds = options.seeds ?? dataPath('readings', 'mini', 'seeds');
  const questions = options.questions ?? loadSurvey();
  const known = knownCells(questions);
  const recipes = loadRecipes(`${models}/recipes.json`);
  const heldOut = loadHeldOut(known, `${models}/held-out.csv`);
  const text = await loadTextImplied(recipes.tellings, known, `${models}/text-implied`);
  const { trainings, missing } = await loadTrainings(recipes, known, {
    folder: seeds,
    ...(options.onTraining === undefined ? {} : { onTraining: options.onTraining }),
  });
  if (trainings.length === 0) {
    throw new InputError(
      `Reading the trainings of the mini models: ${seeds} holds none. Expected <recipe>/<seed>.parquet and .json. ` +
        'Train them: `python make.py train all` in data/models/mini/make.',
    );
  }
  return {
    world: {
      ...{ human: questions.human, countries: known.countries, items: known.items },
      ...{ recipes: recipes.recipes, factors: recipes.factors, speakers: recipes.speakers },
      ...{ heldOut, textImplied: text.means, trainings },
    },
    missing: { trainings: missing, tellings: text.missing },
  };
}
