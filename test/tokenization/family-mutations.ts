import { texts } from './family-fixtures.js';

/** A tokenizer.json, as far as it is changed here. */
export interface Definition {
  normalizer: { type: string } | null;
  pre_tokenizer: Step | null;
  readonly model: {
    readonly type: string;
    merges?: unknown[];
    vocab: [string, number][] | Record<string, number>;
  };
}

interface Step {
  type: string;
  prepend_scheme?: string;
  add_prefix_space?: boolean;
  pretokenizers?: Step[];
}

type Change = (definition: Definition) => void;

/** Changes to a tokenizer that must not go unnoticed, by what they do. */
export function mutationsOf({ normalizer, pre_tokenizer, model }: Definition): Record<string, Change> {
  return {
    ...(model.merges === undefined ? { 'two tokens swapped': swapTokens } : mutationsOfMerges(model.merges)),
    ...(normalizer === null ? {} : { 'no normaliser': dropNormalizer }),
    ...(pre_tokenizer === null ? {} : mutationsOfCuts(pre_tokenizer)),
  };
}

function mutationsOfCuts(step: Step): Record<string, Change> {
  if (step.prepend_scheme !== undefined) {
    return { 'another prepend_scheme': (definition) => setScheme(definition.pre_tokenizer) };
  }
  if (step.pretokenizers !== undefined) {
    return {
      'no first cut': (definition) => {
        definition.pre_tokenizer?.pretokenizers?.shift();
      },
    };
  }
  return step.type === 'ByteLevel'
    ? {
        'another prefix space': ({ pre_tokenizer }) => {
          Object.assign(pre_tokenizer ?? {}, { add_prefix_space: !step.add_prefix_space });
        },
      }
    : { 'no cuts': dropCuts };
}

/** Places of the first two merges that compete for a letter in some text; null where none do. */
function competingMerges(merges: readonly unknown[]): { first: number; second: number } | null {
  const pairs = merges.map(
    (merge) => (typeof merge === 'string' ? merge.split(' ') : merge) as [string, string],
  );
  const letters = pairs.map((pair) => pair.every((part) => /^[A-Za-z]$/.test(part)));
  for (const [first, [left, middle]] of pairs.entries()) {
    const second = pairs.findIndex(
      ([start, right], place) =>
        place > first &&
        letters[first] &&
        letters[place] &&
        start === middle &&
        texts.some((text) => text.includes(left + middle + right)),
    );
    if (second > 0) {
      return { first, second };
    }
  }
  return null;
}

function mutationsOfMerges(merges: readonly unknown[]): Record<string, Change> {
  const places = competingMerges(merges);
  if (places === null) {
    return {};
  }
  const { first, second } = places;
  return {
    'two merges swapped': ({ model: { merges: own = [] } }) => {
      [own[first], own[second]] = [own[second], own[first]];
    },
  };
}

const swapTokens: Change = ({ model }) => {
  const { vocab } = model;
  if (Array.isArray(vocab)) {
    // The most probable piece of several letters becomes the least.
    const piece = vocab.find(([text]) => [...text].length > 2 && !text.startsWith('<'));
    Object.assign(piece ?? [], { 1: -1000 });
  } else {
    Object.assign(vocab, { people: vocab.the, the: vocab.people });
  }
};

const dropCuts: Change = (definition) => {
  definition.pre_tokenizer = null;
};

const dropNormalizer: Change = (definition) => {
  definition.normalizer = null;
};

function setScheme(step: Step | null): void {
  if (step !== null) {
    step.prepend_scheme = step.prepend_scheme === 'never' ? 'always' : 'never';
  }
}
