// How a list begins: a variable of the survey, a country's code.
const LIST = { items: /^Q\d/, countries: /^[A-Z]{3}(,|$)/ } as const;

/**
 * Reads an option that is either the name of a set or a list with commas, such as "Q57,Q164" or "DEU,JPN".
 *
 * @param known names that make a list as well: the variables of another survey
 */
export function setOrList(
  text: string,
  of: keyof typeof LIST,
  known: readonly string[] = [],
): string | string[] {
  const [first = ''] = text.split(',');
  return LIST[of].test(text) || known.includes(first.trim())
    ? text.split(',').map((one) => one.trim())
    : text;
}
