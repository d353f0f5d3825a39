import type { TokenizerFile } from '../definition/tokenizer-file.js';
import { type LibraryAddedToken, LibraryTokenizer } from '../library-parts.js';
import { type AddedTokenSearch, type Piece, searchFor } from './added-token-search.js';
import { correctDecoder } from './exact-decoder.js';
import { correctModel } from './exact-model.js';

/**
 * The library's tokenizer, with what cannot be said in its constructs done here: the search for added tokens (the library
 * finds a token inside a word that must stand alone, and lets one token swallow another), unknown letters, decoding.
 */
export class ExactTokenizer extends LibraryTokenizer {
  // No private fields: the encoder that remembers makes variants of a tokenizer with Object.create.
  /** Finds the tokens that are looked for in a text as it is given. */
  readonly searchAsGiven: AddedTokenSearch;
  /** Finds those that are looked for afterwards, in what is left once it is normalised. */
  readonly searchNormalised: AddedTokenSearch;

  constructor(file: TokenizerFile) {
    super(file, {});
    const tokens = [...this.get_added_tokens_decoder().values()];
    const asGiven = new Map<string, LibraryAddedToken>();
    const normalised = new Map<string, LibraryAddedToken>();
    for (const token of tokens) {
      const written = token.normalized ? this.normalised(token.content) : token.content;
      (token.normalized ? normalised : asGiven).set(written, token);
      // Python decodes it to what it looks for.
      this.model.vocab[token.id] = written;
    }
    this.searchAsGiven = searchFor(asGiven);
    this.searchNormalised = searchFor(normalised);
    // Under the normalised text, too, the library would take a model's own token for the added one.
    this.added_tokens_map = new Map(tokens.map((token) => [token.content, token]));
    correctModel(this.model, file.model);
    correctDecoder(this.decoder);
  }

  override encode_text(text: string | null): string[] | null {
    return text === null
      ? null
      : this.searchAsGiven(text).flatMap((piece, place) => this.tokensOf(piece, place));
  }

  private tokensOf(given: Piece, place: number): string[] {
    if (given.kind === 'added') {
      return [given.text];
    }
    return this.searchNormalised(this.normalised(given.text)).flatMap((piece) => {
      if (piece.kind === 'added') {
        return [piece.text];
      }
      const section_index = piece.start === 0 ? place : Math.max(1, place);
      return this.model(this.pre_tokenizer?.pre_tokenize(piece.text, { section_index }) ?? [piece.text]);
    });
  }

  private normalised(text: string): string {
    return this.normalizer?.normalize(text) ?? text;
  }
}
