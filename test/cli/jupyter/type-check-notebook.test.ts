import { describe, expect, test } from 'vitest';
import { describeDiagnostic, typeCheckNotebook } from '../../../lib/cli/jupyter/type-check-notebook.js';
import { notebookOf } from './notebook-builder.js';

// The cells are checked against the built culture-lens (lib/dist), as a notebook sees it: npm run build first.
const check = async (...sources: string[]): Promise<string[]> =>
  (await typeCheckNotebook(notebookOf(...sources.map((source) => ({ source }))))).map(describeDiagnostic);

describe('typeCheckNotebook', () => {
  test('accepts cells that share names, await at the top level, and import from tslab', async () => {
    expect(
      await check(
        "import { show } from 'culture-lens';\nimport { display } from 'tslab';",
        "const rows = await Promise.resolve([{ y: 1 }]);\ndisplay.html('x');",
        'show({ data: rows, layout: {} });\nrows',
      ),
    ).toEqual([]);
  });

  test('names the cell and the line of a wrong property of a culture-lens type', async () => {
    expect(
      await check(
        "import { InputError } from 'culture-lens';",
        "\nconst e = new InputError('x');\ne.mesage;",
      ),
    ).toEqual([
      "cell 2, line 3: Property 'mesage' does not exist on type 'InputError'. Did you mean 'message'? (TS2551)",
    ]);
  });

  test('a wrong argument of a culture-lens function', async () => {
    expect(await check("import { show } from 'culture-lens';\nshow({ data: 'bars', layout: {} });")).toEqual([
      "cell 1, line 2: Type 'string' is not assignable to type 'readonly object[]'. (TS2322)",
    ]);
  });

  test('is strict, which the kernel is not: a value that may be undefined', async () => {
    const found = "const found = names.find((name) => name === 'Peru');\nfound.length;";
    expect(await check("const names = ['Peru'];", found)).toEqual([
      "cell 2, line 2: 'found' is possibly 'undefined'. (TS18048)",
    ]);
  });

  test('an element by its index needs no proof that it is there', async () => {
    expect(await check("const names = ['Peru'];", 'names[0].length;')).toEqual([]);
  });

  test('a name that culture-lens does not export', async () => {
    expect(await check("import { showw } from 'culture-lens';")).toEqual([
      expect.stringMatching(/^cell 1, line 1: .*has no exported member named 'showw'/),
    ]);
  });

  test('a name used before the cell that declares it', async () => {
    expect(await check('console.log(later);', 'const later = 1;')).toEqual([
      "cell 1, line 1: Block-scoped variable 'later' used before its declaration. (TS2448)",
      "cell 1, line 1: Variable 'later' is used before being assigned. (TS2454)",
    ]);
  });

  test('a syntax error', async () => {
    expect(await check('const a = 1;', 'const b = ;')).toEqual([
      'cell 2, line 1: Expression expected. (TS1109)',
    ]);
  });

  test('a notebook without code', async () => {
    expect(await check()).toEqual([]);
  });
});
