import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataPath } from '../files/data-folder.js';
import { readTextFile } from '../files/read-json.js';
import type { HumanAnswer, Item } from '../types.js';
import {
  type MeanRow,
  parseMeanRows,
  parseShareRows,
  parseSuspectRows,
  type ShareRow,
  type SuspectRow,
} from './aggregate-files.js';
import { cellShares } from './cell-shares.js';
import { humanAnswer, type Weights } from './human-cell.js';
import { isHumanSide, MEANS_FILE, SHARES_FILE, SUSPECT_CELLS_FILE } from './human-side.js';

/** How people of every country answered every item. */
export interface HumanAnswers {
  readonly weights: Weights;
  /** In the order of the items, then of the files; a country without data for an item has no cell. */
  readonly cells: readonly HumanAnswer[];
  /** What the files held. */
  readonly read: {
    readonly shareRows: number;
    readonly meanRows: number;
    /** Variables of the files that are not among the items given; their rows were left out. */
    readonly otherVariables: readonly string[];
  };
  /** One cell, or null where the survey has no data. Constant time. */
  answer(country: string, variable: string): HumanAnswer | null;
  /** Mean score in [-1, 1], or null where there are no data or the item cannot carry a mean. Constant time. */
  meanScore(country: string, variable: string): number | null;
}

/** The rows that human answers are made of, and where they were read. */
export interface AggregateRows {
  readonly shares: readonly ShareRow[];
  readonly sharesPath: string;
  readonly means: readonly MeanRow[];
  readonly meansPath: string;
  readonly suspects: readonly SuspectRow[];
}

/**
 * Reads people's answers: the aggregates that ship, or a human side that was imported.
 *
 * @param options.weights which mean and shares to take where both kinds are known
 * @param options.folder a human side, or a folder with wvs7_shares.csv, wvs7_means.csv and suspect_cells.csv; data/survey by default
 * @throws InputError naming file and line, or file and cell
 */
export function loadHumanAnswers(
  items: readonly Item[],
  options: { readonly weights: Weights; readonly folder?: string },
): HumanAnswers {
  const { folder, weights } = options;
  return joinHumanAnswers(items, folder === undefined ? shippedRows() : readRows(folder), { weights });
}

let shipped: AggregateRows | undefined;

/** The files that ship never change while a process runs, and take most of a second to read: they are read once. */
function shippedRows(): AggregateRows {
  shipped ??= readRows(dataPath('survey'));
  return shipped;
}

function readRows(folder: string): AggregateRows {
  const { sharesPath, meansPath, suspectsPath } = aggregatePaths(folder);
  return {
    shares: parseShareRows(readTextFile(sharesPath, 'the answer shares'), sharesPath),
    sharesPath,
    means: meansPath === null ? [] : parseMeanRows(readTextFile(meansPath, 'the country means'), meansPath),
    meansPath: meansPath ?? '',
    suspects:
      suspectsPath === null
        ? []
        : parseSuspectRows(readTextFile(suspectsPath, 'the suspect cells'), suspectsPath),
  };
}

/** An importer leaves out files that would have no rows; the files that ship are all there. */
function aggregatePaths(folder: string): {
  sharesPath: string;
  meansPath: string | null;
  suspectsPath: string | null;
} {
  const path = (name: string): string => join(folder, name);
  const ifThere = (name: string): string | null => (existsSync(path(name)) ? path(name) : null);
  return isHumanSide(folder)
    ? {
        sharesPath: path(SHARES_FILE),
        meansPath: ifThere(MEANS_FILE),
        suspectsPath: ifThere(SUSPECT_CELLS_FILE),
      }
    : {
        sharesPath: path('wvs7_shares.csv'),
        meansPath: path('wvs7_means.csv'),
        suspectsPath: path(SUSPECT_CELLS_FILE),
      };
}

/** The pure part of {@link loadHumanAnswers}; `humanAnswer` says how a cell's mean score comes about. */
export function joinHumanAnswers(
  items: readonly Item[],
  rows: AggregateRows,
  options: { readonly weights: Weights },
): HumanAnswers {
  const shareRows = groupByVariable(rows.shares);
  const meanRows = groupByVariable(rows.means);
  const suspects = new Map(rows.suspects.map((row) => [cellKey(row.country, row.variable), row.reason]));
  const byKey = new Map<string, HumanAnswer>();
  for (const item of items) {
    const means = new Map((meanRows.get(item.variable) ?? []).map((row) => [row.country, row]));
    const shares = groupByCountry(shareRows.get(item.variable) ?? []);
    for (const country of new Set([...shares.keys(), ...means.keys()])) {
      const cellRows = shares.get(country);
      const key = cellKey(country, item.variable);
      const answer = humanAnswer({
        item,
        country,
        shares: cellRows === undefined ? null : cellShares(item, cellRows, rows.sharesPath),
        mean: means.get(country) ?? null,
        meansPath: rows.meansPath,
        weights: options.weights,
        suspect: suspects.get(key) ?? null,
      });
      byKey.set(key, answer);
    }
  }
  const known = new Set(items.map((item) => item.variable));
  const inFiles = new Set([...shareRows.keys(), ...meanRows.keys()]);
  return {
    weights: options.weights,
    cells: [...byKey.values()],
    read: {
      shareRows: rows.shares.length,
      meanRows: rows.means.length,
      otherVariables: [...inFiles].filter((variable) => !known.has(variable)),
    },
    answer: (country, variable) => byKey.get(cellKey(country, variable)) ?? null,
    meanScore: (country, variable) => byKey.get(cellKey(country, variable))?.meanScore ?? null,
  };
}

function cellKey(country: string, variable: string): string {
  return `${country} ${variable}`;
}

function groupByVariable<Row extends { variable: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return groupBy(rows, (row) => row.variable);
}

function groupByCountry<Row extends { country: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return groupBy(rows, (row) => row.country);
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) {
      groups.set(keyOf(row), [row]);
    } else {
      group.push(row);
    }
  }
  return groups;
}
