import type { MaskedMatrix } from '../../statistics/masked-matrix.js';
import type { Country, Item } from '../../types.js';
import type { HeldOutKind, MiniWorld } from './mini-world.js';

/** Parts of the country x item cells by what the text told of them: each cell is in one. */
export type Stratum = 'seen' | 'held-out cells' | 'held-out blocks' | 'held-out countries';

export const STRATA: readonly Stratum[] = ['seen', 'held-out cells', 'held-out blocks', 'held-out countries'];

/**
 * Cells that a figure may be about, beside the strata.
 *
 * `told countries`: seen cells and held-out single cells. `speakers`: those of them in countries outside the West that speak a
 * constructed language. The last three divide what two texts told: a student's little text and its teacher's; whole
 * held-out countries are in none of the three.
 */
export type CellsName =
  | Stratum
  | 'all'
  | 'told countries'
  | 'speakers'
  | 'student saw'
  | 'only teacher saw'
  | 'neither saw';

/** 1 for each country x item cell that belongs; by name, where it can be told. */
export type CellParts = ReadonlyMap<CellsName, Uint8Array>;

const STRATUM_OF: Readonly<Record<HeldOutKind, Stratum>> = {
  cell: 'held-out cells',
  block: 'held-out blocks',
  country: 'held-out countries',
};

/**
 * All parts. Without the text-implied means of the student's or the teacher's text the three that need them are absent.
 *
 * @param texts tellings of the student's own text and of the teacher's
 */
export function cellParts(
  world: Omit<MiniWorld, 'trainings' | 'recipes' | 'factors' | 'human'>,
  texts: { readonly student: string; readonly teacher: string } = { student: 'little', teacher: 'people' },
): CellParts {
  const stratumOf = (country: Country, item: Item): Stratum => {
    const kind = world.heldOut(country.iso3, item.variable);
    return kind === null ? 'seen' : STRATUM_OF[kind];
  };
  const stratum = world.countries.flatMap((country) => world.items.map((item) => stratumOf(country, item)));
  const where = (belongs: (stratum: Stratum, cell: number) => boolean): Uint8Array =>
    Uint8Array.from(stratum, (one, cell) => (belongs(one, cell) ? 1 : 0));
  const isTold = (one: Stratum): boolean => one === 'seen' || one === 'held-out cells';
  const speaks = world.countries.map((country) => languageOf(country, world.speakers) !== null);
  const parts: [CellsName, Uint8Array][] = [
    ...STRATA.map((name): [CellsName, Uint8Array] => [name, where((one) => one === name)]),
    ['all', where(() => true)],
    ['told countries', where(isTold)],
    ['speakers', where((one, cell) => isTold(one) && speaks[Math.floor(cell / world.items.length)] === true)],
  ];
  const [student, teacher] = [world.textImplied.get(texts.student), world.textImplied.get(texts.teacher)];
  if (student !== undefined && teacher !== undefined) {
    const has = (text: MaskedMatrix, cell: number): boolean => text.present[cell] === 1;
    parts.push(
      ['student saw', where((_, cell) => has(student, cell))],
      ['only teacher saw', where((_, cell) => has(teacher, cell) && !has(student, cell))],
      ['neither saw', where((one) => one === 'held-out cells' || one === 'held-out blocks')],
    );
  }
  return new Map(parts);
}

/** The constructed language that a country outside the West speaks; null for all others, whose language is English. */
export function languageOf(
  { continent, western }: Country,
  speakers: ReadonlyMap<string, readonly string[]>,
): string | null {
  const found = [...speakers].find(([, continents]) => continents.includes(continent));
  return western ? null : (found?.[0] ?? null);
}

/** A matrix of which only some cells are there. */
export function restrictedTo(matrix: MaskedMatrix, cells: Uint8Array): MaskedMatrix {
  return { ...matrix, present: matrix.present.map((present, cell) => (cells[cell] === 1 ? present : 0)) };
}
