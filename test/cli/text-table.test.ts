import { describe, expect, it } from 'vitest';
import { commandOf } from '../../lib/cli/command-line.js';
import { formatNumber, textTable } from '../../lib/cli/tables/text-table.js';

describe('textTable', () => {
  it('aligns columns under their titles', () => {
    const columns = [
      { title: 'model', align: 'left' },
      { title: 'r', align: 'right' },
    ] as const;
    expect(
      textTable(columns, [
        ['a', '.5'],
        ['longer', '-.25'],
      ]),
    ).toBe(['model      r', '------  ----', 'a         .5', 'longer  -.25'].join('\n'));
  });
});

describe('formatNumber', () => {
  it('shows undefined as a dash and never as 0', () => {
    expect(formatNumber(null, 3)).toBe('–');
    expect(formatNumber(-0.1234, 3)).toBe('−0.123');
  });
});

describe('commandOf', () => {
  it('quotes what a shell would take apart', () => {
    expect(commandOf(['node', 'culture-lens.js', 'probe', 'my models/x', '--system', "it's"])).toBe(
      "npx culture-lens probe 'my models/x' --system 'it'\\''s'",
    );
  });
});
