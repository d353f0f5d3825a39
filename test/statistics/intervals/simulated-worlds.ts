import type { MaskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import type { RandomGenerator } from '../../../lib/statistics/random.js';

/** People's and a model's scores in a made-up world, with the names of what hangs together. */
interface World {
  readonly x: MaskedMatrix;
  readonly y: MaskedMatrix;
  readonly columnGroups: readonly string[];
}

const BATTERY_SIZES = [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9];

const ZONE_SIZES = [10, 6, 4, 3, 3, 2, 2];

/**
 * 20 countries x 67 items in 16 batteries. Items of a battery correlate .6, in people and in the model's errors; 70 % of the
 * variance of an item is common to all countries. Each country has a population r of its own, its z normal about
 * atanh(.8) with standard deviation .2.
 */
export function clusteredWorld(random: RandomGenerator): World & { readonly meanPopulationR: number } {
  const normal = normalNumbers(random);
  const batteries = repeated(BATTERY_SIZES);
  const rows = 20;
  const values = () => {
    const common = batteryProfile(normal, batteries);
    return Array.from({ length: rows }, () => {
      const own = batteryProfile(normal, batteries);
      return common.map((value, item) => Math.sqrt(0.7) * value + Math.sqrt(0.3) * (own[item] ?? 0));
    });
  };
  const people = values();
  const errors = values();
  const meanZ = Math.atanh(0.8);
  const r = people.map(() => Math.tanh(meanZ + 0.2 * normal()));
  return {
    x: matrixOf(people),
    y: matrixOf(people.map((row, i) => row.map((value, j) => mixed(r[i] ?? 0, value, errors[i]?.[j] ?? 0)))),
    columnGroups: batteries.map(String),
    meanPopulationR: Math.tanh(meanZ),
  };
}

/**
 * 30 countries in 7 zones x 24 items in 8 batteries. Half the variance of an item across countries is a profile that a
 * country shows in all items, and .6 of every part is common to its zone; the population r inside an item is .5.
 */
export function zoneWorld(
  random: RandomGenerator,
): World & { readonly rowGroups: readonly string[]; readonly populationR: number } {
  const normal = normalNumbers(random);
  const zones = repeated(ZONE_SIZES);
  const items = Array.from({ length: 24 }, (_, item) => item);
  const values = () => {
    const profile = zoneProfile(normal, zones);
    const byItem = items.map(() => zoneProfile(normal, zones));
    return zones.map((_, row) =>
      items.map((item) => Math.SQRT1_2 * ((profile[row] ?? 0) + (byItem[item]?.[row] ?? 0))),
    );
  };
  const people = values();
  const errors = values();
  const populationR = 0.5;
  return {
    x: matrixOf(people),
    y: matrixOf(
      people.map((row, i) => row.map((value, j) => mixed(populationR, value, errors[i]?.[j] ?? 0))),
    ),
    rowGroups: zones.map(String),
    columnGroups: items.map((item) => String(Math.floor(item / 3))),
    populationR,
  };
}

/** A number that correlates r with `value` when both parts have variance 1. */
function mixed(r: number, value: number, error: number): number {
  return r * value + Math.sqrt(1 - r * r) * error;
}

function batteryProfile(normal: () => number, batteries: readonly number[]): number[] {
  const ofBattery = BATTERY_SIZES.map(() => normal());
  return batteries.map((battery) => Math.sqrt(0.6) * (ofBattery[battery] ?? 0) + Math.sqrt(0.4) * normal());
}

function zoneProfile(normal: () => number, zones: readonly number[]): number[] {
  const ofZone = ZONE_SIZES.map(() => normal());
  return zones.map((zone) => Math.sqrt(0.6) * (ofZone[zone] ?? 0) + Math.sqrt(0.4) * normal());
}

/** The place of each size, as often as the size says. */
function repeated(sizes: readonly number[]): number[] {
  return sizes.flatMap((size, place) => Array.from({ length: size }, () => place));
}

/** Standard normal numbers (Box and Muller 1958). */
function normalNumbers(random: RandomGenerator): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

function matrixOf(rows: readonly (readonly number[])[]): MaskedMatrix {
  const columns = rows[0]?.length ?? 0;
  const values = Float64Array.from(rows.flat());
  return { rows: rows.length, columns, values, present: new Uint8Array(values.length).fill(1) };
}
