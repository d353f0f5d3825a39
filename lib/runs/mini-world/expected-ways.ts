import { languageOf } from '../../analysis/mini-world/cells.js';
import type { MiniRecipe } from '../../analysis/mini-world/mini-world.js';
import type { PromptFormat } from '../../types.js';
import type { KnownCells } from './known-cells.js';

const ENGLISH = 'english';

/** Countries and items, and who speaks which constructed language. */
export interface KnownSpeakers extends KnownCells {
  readonly speakers: ReadonlyMap<string, readonly string[]>;
}

/** One way of asking that a file holds whole, or not at all where it may be absent. */
export interface ExpectedWay {
  readonly format: PromptFormat;
  readonly language: string;
  readonly countries: ReadonlySet<string>;
  readonly mayBeAbsent: boolean;
}

/**
 * Plain and chat in English about every country (chat only has to be there for recipes that are compared in both), and plain
 * in each other language of the recipe about its speakers.
 */
export function expectedWays({ languages, formats }: MiniRecipe, known: KnownSpeakers): ExpectedWay[] {
  const all = new Set(known.countries.map(({ iso3 }) => iso3));
  const speakersOf = (language: string): ReadonlySet<string> =>
    new Set(
      known.countries.flatMap((country) =>
        languageOf(country, known.speakers) === language ? [country.iso3] : [],
      ),
    );
  return [
    { format: 'plain', language: ENGLISH, countries: all, mayBeAbsent: false },
    { format: 'chat', language: ENGLISH, countries: all, mayBeAbsent: !formats.includes('chat') },
    ...languages
      .filter((language) => language !== ENGLISH)
      .map(
        (language): ExpectedWay => ({
          ...{ format: 'plain', language, countries: speakersOf(language) },
          mayBeAbsent: false,
        }),
      )
      .filter(({ countries }) => countries.size > 0),
  ];
}
