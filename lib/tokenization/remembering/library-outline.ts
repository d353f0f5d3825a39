import { type LibraryTokenizer, Model, PreTokenizer, type SectionOptions } from '../library-parts.js';
import type { OutlineText, Section } from './section.js';

// Stands for a section while the library puts added tokens and frame around it; no vocabulary holds it.
const SECTION_TOKEN = '\u0000section';
const SECTION_ID = -1;

/** Takes the place of the pre-tokenizer: notes each section and passes on one token for it. */
class SectionCollector extends PreTokenizer {
  sections: Section[] = [];
  override pre_tokenize_text(text: string, { section_index }: SectionOptions): string[] {
    this.sections.push({ text, index: section_index });
    return [SECTION_TOKEN];
  }
}

/** Takes the place of the model: the same vocabulary, in which what is unknown is a section. */
class SectionModel extends Model {
  override encode(tokens: string[]): string[] {
    return tokens;
  }
}

/**
 * Outlines a text with the library's own code: it encodes the text with a pre-tokenizer and a model that leave sections
 * as they are.
 */
export function outlineByLibrary(library: LibraryTokenizer): OutlineText {
  const collector = new SectionCollector();
  const sectionModel = new SectionModel(library.model.config);
  sectionModel.tokens_to_ids = library.model.tokens_to_ids;
  sectionModel.unk_token_id = SECTION_ID;
  // Everything that is not replaced here is the library's tokenizer itself.
  const outliner = Object.create(library) as LibraryTokenizer;
  outliner.pre_tokenizer = collector;
  outliner.model = sectionModel;
  return (text, { specialTokens }) => {
    collector.sections = [];
    const { ids } = outliner.encode(text, { add_special_tokens: specialTokens });
    const { sections } = collector;
    let next = 0;
    const outline = ids.map((id) => (id === SECTION_ID ? (sections[next++] ?? id) : id));
    return next === sections.length ? outline : null;
  };
}
