import { InputError } from '../../../files/input-error.js';
import { queryRows } from './answer-table.js';
import { type CheckedTable, wrongField } from './check-answers.js';

/**
 * Leaves only the rows of one survey where a file holds several.
 *
 * @param study its name in the item map; null keeps all rows
 * @returns rows that were taken out
 * @throws InputError for a name that the map does not know, and a row that belongs to none of its surveys
 */
export async function keepStudy(checked: CheckedTable, study: string | null): Promise<number> {
  const { db, map, found, table } = checked;
  const names = Object.keys(map.studies);
  if (study !== null && !names.includes(study)) {
    throw new InputError(
      `Importing ${map.title}: there is no survey "${study}" in this kind of file. Expected ${names.join(', ') || 'none to be named'}.`,
    );
  }
  if (found.study === null) {
    return 0;
  }
  const known = Object.values(map.studies);
  const [odd] = await queryRows(
    db,
    `SELECT min(rowid) AS place FROM answers WHERE coalesce(TRY_CAST(study AS DOUBLE) NOT IN (${known.join(', ')}), true)`,
  );
  if (odd !== undefined && odd.place !== null) {
    throw await wrongField(checked, Number(odd.place), found.study, {
      expected: names.map((name) => `${map.studies[name]} (${name})`).join(' or '),
      wayOut: 'Mend the row, or leave it out.',
    });
  }
  if (study === null) {
    return 0;
  }
  await db.connection.run(`DELETE FROM answers WHERE TRY_CAST(study AS DOUBLE) <> ${map.studies[study]}`);
  const [left] = await queryRows(db, 'SELECT count(*) AS n FROM answers');
  return table.rows - Number(left?.n ?? 0);
}
