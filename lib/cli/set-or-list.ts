// How a list begins: a variable of the survey, a country's code.
const LIST = { items: /^Q\d/, countries: /^[A-Z]{3}(,|$)/ } as const;

/** Reads an option that is either the name of a set or a list with commas, such as "Q57,Q164" or "DEU,JPN". */
export function setOrList(text: string, of: keyof typeof LIST): string | string[] {
  return LIST[of].test(text) ? text.split(',').map((one) => one.trim()) : text;
}
