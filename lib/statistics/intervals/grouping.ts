import { InputError } from '../../files/input-error.js';

/** Which group each of a number of units belongs to. */
export interface Grouping {
  /** Names of the groups in the order of their first unit. */
  readonly names: readonly string[];
  /** For each unit the place of its group in `names`. */
  readonly of: Int32Array;
}

/** Groups units by label; units with the same label belong together. */
export function groupingOf(labels: readonly string[]): Grouping {
  const places = new Map<string, number>();
  const of = Int32Array.from(labels, (label) => {
    const place = places.get(label) ?? places.size;
    places.set(label, place);
    return place;
  });
  return { names: [...places.keys()], of };
}

/** Groups the cells of a matrix (row-major) by the group of their column. */
export function cellsByColumn(columns: Grouping, rows: number): Grouping {
  const { length } = columns.of;
  return {
    names: columns.names,
    of: Int32Array.from({ length: rows * length }, (_, cell) => columns.of[cell % length] ?? 0),
  };
}

/** Groups the cells of a matrix (row-major) by the group of their row. */
export function cellsByRow(rows: Grouping, columns: number): Grouping {
  return {
    names: rows.names,
    of: Int32Array.from(
      { length: rows.of.length * columns },
      (_, cell) => rows.of[Math.floor(cell / columns)] ?? 0,
    ),
  };
}

/** Groups the cells of a matrix (row-major) by both: one group for each group of rows x group of columns. */
export function cellsByBoth(rows: Grouping, columns: Grouping): Grouping {
  const width = columns.of.length;
  return {
    names: rows.names.flatMap((row) => columns.names.map((column) => `${row} x ${column}`)),
    of: Int32Array.from({ length: rows.of.length * width }, (_, cell) => {
      const row = rows.of[Math.floor(cell / width)] ?? 0;
      return row * columns.names.length + (columns.of[cell % width] ?? 0);
    }),
  };
}

/** @param what what the labels name ("columns"). @throws InputError unless there is one label for each */
export function requireLabels(labels: readonly string[], count: number, what: string): void {
  if (labels.length !== count) {
    throw new InputError(`Grouping ${what}: expected one group for each of ${count}, got ${labels.length}.`);
  }
}
