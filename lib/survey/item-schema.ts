import { z } from 'zod';
import type { Item } from '../types.js';

/** Options are labelled with the letters A to Z. */
export const MOST_OPTIONS = 26;

const optionSchema = z.strictObject({
  code: z.int(),
  label: z.string().min(1),
  score: z.number().min(-1).max(1).nullable(),
  offered: z.boolean(),
});

const itemFields = z.strictObject({
  variable: z.string().regex(/^Q[1-9]\d*$/, 'expected a variable name such as "Q1"'),
  battery: z.string().min(1),
  construct: z.enum(['value', 'perception', 'experience', 'behaviour']),
  label: z.string().min(1),
  question: z.string().min(1),
  orientation: z.enum(['lower', 'higher']).nullable(),
  options: z
    .array(optionSchema)
    .max(MOST_OPTIONS, `expected at most ${MOST_OPTIONS} options (letters A to Z)`),
  droppedCodes: z.array(z.int()),
  canMean: z.boolean(),
  whyNoMean: z.string().min(1).nullable(),
  canAsk: z.boolean(),
  whyNotAsked: z.string().min(1).nullable(),
  note: z.string().min(1).nullable(),
});

type ItemFields = z.infer<typeof itemFields>;

/** An item as it stands in a bank file: everything but its category, which the file names once. */
export const itemSchema: z.ZodType<Omit<Item, 'category'>> = itemFields.superRefine(checkItem);

/** The same for an item of another survey, whose variables have other names. */
export const otherItemSchema: z.ZodType<Omit<Item, 'category'>> = itemFields
  .extend({
    variable: z
      .string()
      .regex(
        /^[A-Za-z][A-Za-z0-9_]*$/,
        'expected a name of letters, digits and "_" that begins with a letter',
      ),
  })
  .superRefine(checkItem);

function checkItem(item: ItemFields, context: z.RefinementCtx): void {
  for (const problem of itemProblems(item)) {
    context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
  }
}

/** The frame of a bank file; its items are checked one by one, so that errors can name the item. */
export const bankFileSchema = z.strictObject({
  category: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'expected a category id such as "social-values"'),
  title: z.string().min(1),
  items: z.array(z.unknown()).min(1),
});

interface Problem {
  readonly field: keyof ItemFields;
  readonly message: string;
}

function itemProblems(item: ItemFields): Problem[] {
  return [...optionProblems(item), ...meanProblems(item), ...askProblems(item)];
}

function optionProblems(item: ItemFields): Problem[] {
  const problems: Problem[] = [];
  const codes = item.options.map((option) => option.code);
  const labels = item.options.map((option) => option.label);
  for (const code of repeated(codes)) {
    problems.push({ field: 'options', message: `expected each code once, found ${code} twice` });
  }
  for (const label of repeated(labels)) {
    problems.push({ field: 'options', message: `expected each label once, found "${label}" twice` });
  }
  for (const code of item.droppedCodes.filter((dropped) => codes.includes(dropped))) {
    problems.push({
      field: 'droppedCodes',
      message: `expected codes that are not options, found option ${code}`,
    });
  }
  return problems;
}

function meanProblems(item: ItemFields): Problem[] {
  const scores = item.options.map((option) => option.score);
  if (!item.canMean) {
    return [
      ...(item.whyNoMean === null
        ? [{ field: 'whyNoMean' as const, message: 'expected a reason, because canMean is false' }]
        : []),
    ];
  }
  const problems: Problem[] = [];
  if (item.whyNoMean !== null) {
    problems.push({ field: 'whyNoMean', message: 'expected null, because canMean is true' });
  }
  if (scores.length < 2 || scores.includes(null)) {
    problems.push({
      field: 'options',
      message: 'expected two or more options that all have a score, because canMean is true',
    });
  } else if (item.orientation === null) {
    problems.push({ field: 'orientation', message: 'expected "lower" or "higher", because canMean is true' });
  } else if (!scoresFollowOrientation(item.options, item.orientation)) {
    problems.push({
      field: 'options',
      message: `expected scores that rise toward the ${item.orientation} codes, as orientation says`,
    });
  }
  return problems;
}

function askProblems(item: ItemFields): Problem[] {
  if (!item.canAsk) {
    return item.whyNotAsked === null
      ? [{ field: 'whyNotAsked', message: 'expected a reason, because canAsk is false' }]
      : [];
  }
  const problems: Problem[] = [];
  if (item.whyNotAsked !== null) {
    problems.push({ field: 'whyNotAsked', message: 'expected null, because canAsk is true' });
  }
  if (item.options.filter((option) => option.offered).length < 2) {
    problems.push({
      field: 'options',
      message: 'expected two or more offered options, because canAsk is true',
    });
  }
  return problems;
}

function scoresFollowOrientation(options: ItemFields['options'], orientation: 'lower' | 'higher'): boolean {
  const sign = orientation === 'higher' ? 1 : -1;
  const scores = [...options].sort((a, b) => sign * (a.code - b.code)).map((option) => option.score ?? 0);
  return scores.every((score, place) => place === 0 || score > (scores[place - 1] ?? 0));
}

function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, place) => values.indexOf(value) !== place))];
}
