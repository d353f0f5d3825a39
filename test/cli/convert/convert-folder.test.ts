import { describe, expect, it } from 'vitest';
import { convertFolder } from '../../../lib/cli/convert/convert-folder.js';
import type { ConverterOutcome, ConverterRequest } from '../../../lib/cli/convert/run-converter.js';

const MISSING: ConverterOutcome = { kind: 'environment-missing', message: 'Converting x: it is missing.' };

/** A conversion that ends as told, one outcome after the other, and what it was called and asked with. */
async function converted(outcomes: readonly ConverterOutcome[], agrees = false) {
  const calls: (readonly string[])[] = [];
  const questions: string[] = [];
  const result = convertFolder({
    words: ['x', 'out'],
    onLine: () => {},
    signal: new AbortController().signal,
    findPython: async () => ({ program: 'python', leadingArguments: [] }),
    convert: async ({ words }: ConverterRequest) => {
      calls.push(words);
      return outcomes[calls.length - 1] ?? { kind: 'interrupted' };
    },
    agree: async (question) => {
      questions.push(question);
      return agrees;
    },
  });
  const outcome = await result.catch((error: unknown) => String(error));
  return { outcome, calls, questions };
}

describe('convertFolder', () => {
  it('asks nothing where everything is there', async () => {
    expect(await converted([{ kind: 'converted' }])).toEqual({
      outcome: true,
      calls: [['x', 'out']],
      questions: [],
    });
  });

  it('makes the environment when it may, then converts', async () => {
    expect(await converted([MISSING, { kind: 'converted' }], true)).toEqual({
      outcome: true,
      calls: [
        ['x', 'out'],
        ['x', 'out', '--make-environment'],
      ],
      questions: ['Converting x: it is missing. Make it now?'],
    });
  });

  it('says how to make it where nobody agrees', async () => {
    const { outcome, calls } = await converted([MISSING]);
    expect(outcome).toBe('InputError: Converting x: it is missing. Add --make-environment to do so.');
    expect(calls).toHaveLength(1);
  });

  it('tells an interruption from success', async () => {
    expect((await converted([{ kind: 'interrupted' }])).outcome).toBe(false);
    expect((await converted([MISSING, { kind: 'interrupted' }], true)).outcome).toBe(false);
  });
});
