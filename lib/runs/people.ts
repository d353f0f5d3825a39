import { type CellChoice, chooseCells } from '../survey/cell-choice.js';
import { type HumanAnswers, loadHumanAnswers } from '../survey/human-answers.js';
import type { Weights } from '../survey/human-cell.js';
import { type HumanSide, loadHumanSide } from '../survey/human-side.js';
import type { Item } from '../types.js';
import type { StudySettings } from './study.js';

/** Which people a model is compared with, and which of their answers count. */
export type PeopleSettings = Pick<StudySettings, 'weights'> &
  Partial<Pick<StudySettings, 'human' | 'suspectCells'>>;

/** What the aggregates of data/survey are called beside an imported human side. */
export const SHIPPED = 'shipped';

/** One survey's people under one choice of weights. */
export interface PeopleOfSurvey {
  /** {@link SHIPPED}, or the title of a human side. */
  readonly people: string;
  readonly human: HumanAnswers;
}

/** People as a study takes them, and as it might have taken them. */
export interface People {
  /** As chosen: survey, weights and cells. */
  readonly human: HumanAnswers;
  /** Of these, all cells: what was left out can be counted. */
  readonly allCells: HumanAnswers;
  readonly cells: CellChoice;
  /** The chosen survey and weights first, then the others; each with all cells. */
  readonly choices: readonly PeopleOfSurvey[];
}

/** The human side of a study; null where it takes the aggregates that ship. @throws InputError as {@link loadHumanSide} does */
export function humanSideOf({ human }: Partial<Pick<StudySettings, 'human'>>): HumanSide | null {
  return human === null || human === undefined ? null : loadHumanSide(human);
}

/**
 * How people answered the items of a study. Beside a human side about the project's own items stand the aggregates that
 * ship: another choice that could have been made.
 */
export function loadPeople(
  items: readonly Item[],
  { weights, suspectCells = 'keep' }: PeopleSettings,
  side: HumanSide | null,
): People {
  const otherWeights: Weights = weights === 'weighted' ? 'unweighted' : 'weighted';
  const of = (people: string, folder?: string): PeopleOfSurvey[] =>
    [weights, otherWeights].map((one) => ({
      people,
      human: loadHumanAnswers(items, { weights: one, ...(folder === undefined ? {} : { folder }) }),
    }));
  const choices =
    side === null
      ? of(SHIPPED)
      : [...of(side.record.title, side.folder), ...(side.own === null ? of(SHIPPED) : [])];
  const [first] = choices;
  const allCells = (first as PeopleOfSurvey).human;
  const cells: CellChoice = suspectCells === 'leave-out' ? 'without suspect' : 'all';
  return { human: chooseCells(allCells, cells), allCells, cells, choices };
}
