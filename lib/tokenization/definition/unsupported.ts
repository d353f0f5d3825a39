import { foldsBeyondLetters } from './case-folding.js';
import type { Part, TokenizerConfig, TokenizerFile } from './tokenizer-file.js';
import { unsupportedInPattern } from './unsupported-pattern.js';
import { tokenIdsOf } from './vocabulary.js';

// What the tokenizer library knows by name but does in another way than Python's `tokenizers`.
const TYPES = new Set(['BertNormalizer', 'Precompiled', 'FixedLength']);
// Of a row of matches these two merge one only; how, can be said with a pattern for single letters.
const MERGING = new Set(['MergedWithPrevious', 'MergedWithNext']);

/**
 * Lists what a tokenizer uses that cannot be reproduced exactly.
 *
 * @returns one phrase for each construct, naming the place in tokenizer.json; empty when all is well
 */
export function unsupportedConstructs(file: TokenizerFile, config: TokenizerConfig): string[] {
  return [
    ...(['normalizer', 'pre_tokenizer'] as const).flatMap((name) => inStep(file[name], name, true)),
    ...inModel(file.model),
    ...inPostProcessor(file),
    ...(config.split_special_tokens ? ['tokenizer_config.json has split_special_tokens'] : []),
  ];
}

/** @param isFirst whether the step sees a text as a whole */
function inStep(part: Part | null, where: string, isFirst: boolean): string[] {
  if (part === null) {
    return [];
  }
  const steps = (part.normalizers ?? part.pretokenizers ?? []) as readonly Part[];
  const list = part.normalizers === undefined ? 'pretokenizers' : 'normalizers';
  return [
    ...(TYPES.has(part.type) ? [`${where} is a ${part.type}`] : []),
    ...inCuts(part, where),
    ...inPattern(part, where),
    ...inMetaspace(part, where, isFirst),
    ...steps.flatMap((step, place) => inStep(step, `${where}.${list}.${place}`, isFirst && place === 0)),
  ];
}

function inCuts({ type, behavior, pattern, invert }: Part, where: string): string[] {
  const isLetter = [...((pattern as { readonly String?: string } | undefined)?.String ?? '')].length === 1;
  const merging = MERGING.has(String(behavior)) && !(type === 'Split' && isLetter && invert !== true);
  const inverted = type === 'Split' && invert === true && behavior === 'Contiguous';
  return merging || inverted ? [`${where}.behavior is ${behavior}${invert ? ', inverted' : ''}`] : [];
}

function inPattern({ pattern }: Part, where: string): string[] {
  const regex = (pattern as { readonly Regex?: unknown } | null | undefined)?.Regex;
  if (typeof regex !== 'string') {
    return [];
  }
  const found = unsupportedInPattern(regex);
  const all = foldsBeyondLetters(regex) ? [...found, 'a group without regard to case beyond letters'] : found;
  return all.map((construct) => `${where}.pattern holds ${construct}`);
}

function inMetaspace(part: Part, where: string, isFirst: boolean): string[] {
  if (part.type !== 'Metaspace') {
    return [];
  }
  if (part.prepend_scheme === 'first' && !isFirst) {
    return [`${where}.prepend_scheme is first, behind another step`];
  }
  return part.add_prefix_space === false && part.prepend_scheme !== 'never'
    ? [`${where}.add_prefix_space is false, and prepend_scheme is not "never"`]
    : [];
}

function inModel({ type, dropout, continuing_subword_prefix: prefix }: TokenizerFile['model']): string[] {
  return [
    ...(dropout ? [`model.dropout is ${dropout}: ids would be random`] : []),
    ...(type === 'BPE' && prefix ? ['model.continuing_subword_prefix is not empty'] : []),
  ];
}

/** A frame by ids is put on by the texts of its tokens. */
function inPostProcessor(file: TokenizerFile): string[] {
  const ids = tokenIdsOf(file);
  const visit = (part: Part | null, where: string): string[] => {
    const special = (part?.special_tokens ?? {}) as Readonly<
      Record<string, { readonly ids?: readonly number[] }>
    >;
    const pairs = [part?.cls, part?.sep].flatMap((pair) =>
      pair === undefined ? [] : [pair as readonly [string, number]],
    );
    const named: (readonly [string, readonly number[] | undefined])[] = [
      ...Object.entries(special).map(([name, { ids: own }]) => [name, own] as const),
      ...pairs.map(([name, id]) => [name, [id]] as const),
    ];
    return [
      ...named
        .filter(([name, own]) => own?.length !== 1 || own[0] !== ids.get(name))
        .map(([name]) => `${where} gives ${JSON.stringify(name)} other ids than the vocabulary`),
      ...((part?.processors ?? []) as readonly Part[]).flatMap((step, place) =>
        visit(step, `${where}.processors.${place}`),
      ),
    ];
  };
  return visit(file.post_processor, 'post_processor');
}
