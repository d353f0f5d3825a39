import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../lib/files/data-folder.js';
import { type EditedGraph, editGraph, type GraphEdit } from '../../../lib/inference/graph/edit-graph.js';
import { findModelFiles } from '../../../lib/inference/model-files.js';
import { readModelSettings } from '../../../lib/inference/model-settings.js';
import { layOut, type Row, type Sequence } from './tree-reader.js';

/** A committed export with the log-probabilities that Python transformers gives its weights. */
export interface Export {
  readonly graph: string;
  readonly headSize: number;
  readonly listed: readonly number[];
  readonly sequences: readonly { readonly tokenIds: Sequence; readonly logProbs: readonly number[] }[];
}

const FIXTURES = projectPath('test', 'fixtures', 'onnx');
export const TOP_TOKENS = 5;

/** Names of the families that exist, as folders below `families`. */
export function familyNames(): string[] {
  return readdirSync(join(FIXTURES, 'families')).map((name) => join('families', name));
}

/** Reads what is known about a fixture. */
export function loadExport(name: string): Export {
  const folder = join(FIXTURES, name);
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    listedTokenIds: number[];
    sequences: Export['sequences'];
  };
  return {
    graph: findModelFiles(folder).graph,
    headSize: readModelSettings(folder).headSize ?? 0,
    listed: expected.listedTokenIds,
    sequences: expected.sequences,
  };
}

/** Edits the graph in a model folder with the settings that lie beside it. */
export function editIn(folder: string): GraphEdit {
  return editGraph(findModelFiles(folder).graph, { ...readModelSettings(folder), topTokens: TOP_TOKENS });
}

/** Edits a fixture that must be editable. */
export function editFixture(name: string): EditedGraph {
  return requireEdited(editIn(join(FIXTURES, name)));
}

/** The graph of a successful edit; anything else is a failure of the test. */
export function requireEdited(edit: GraphEdit): EditedGraph {
  if (edit.kind === 'refused') {
    throw new Error(`refused: ${edit.reason}`);
  }
  return edit.graph;
}

/** Sequences in as few rows as a graph's limits allow; sequences too deep for it stay out. */
export function rowsWithin<T extends { readonly tokenIds: Sequence }>(
  sequences: readonly T[],
  { limits }: EditedGraph,
): { readonly row: Row; readonly members: readonly T[] }[] {
  const [places, depth] = [
    limits.places?.most ?? Number.POSITIVE_INFINITY,
    limits.depth?.most ?? Number.POSITIVE_INFINITY,
  ];
  const rows: T[][] = [];
  for (const sequence of sequences) {
    const length = sequence.tokenIds.length;
    if (length > Math.min(places, depth)) {
      continue;
    }
    const last = rows.at(-1);
    const together = layOut([...(last ?? []), sequence].map(({ tokenIds }) => tokenIds));
    if (last !== undefined && together.tokens.length <= places) {
      last.push(sequence);
    } else {
      rows.push([sequence]);
    }
  }
  return rows.map((members) => ({ row: layOut(members.map(({ tokenIds }) => tokenIds)), members }));
}

/** Absolute differences of two tables of log-probabilities, sorted; a NaN counts as infinitely far. */
export function differences(
  one: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): number[] {
  return one
    .flatMap((row, index) =>
      row.map((value, column) => {
        const difference = Math.abs(value - (other[index]?.[column] ?? Number.NaN));
        return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
      }),
    )
    .sort((a, b) => a - b);
}
