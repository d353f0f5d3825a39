import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that lists names: "ours,ort". */
export function listOption(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) {
    throw new InvalidArgumentError('Expected names separated by commas.');
  }
  return names;
}

/** The same for names out of a fixed list. */
export function listOptionOf<Name extends string>(known: readonly Name[]): (text: string) => Name[] {
  return (text) =>
    listOption(text).map((name) => {
      const found = known.find((one) => one === name);
      if (found === undefined) {
        throw new InvalidArgumentError(`There is no "${name}". Expected some of ${known.join(', ')}.`);
      }
      return found;
    });
}
