import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/culture-lens.js';
import type { RunComparison } from '../../lib/runs/compare-runs.js';
import type { ModelRobustness } from '../../lib/runs/robustness/model-robustness.js';
import { newFolder } from '../support/small-run.js';

const runs = newFolder();
const printed: string[] = [];
const errors: string[] = [];

/** A sample small enough for a test, large enough for intervals. */
const SAMPLE = [
  '--items',
  'sample-24',
  '--countries',
  'DEU,KEN,BRA,JPN,USA,EGY,NGA,PER,IDN',
  '--order',
  'given',
];

async function command(...words: string[]): Promise<number> {
  printed.length = 0;
  errors.length = 0;
  vi.spyOn(console, 'log').mockImplementation((text) => void printed.push(String(text)));
  vi.spyOn(console, 'error').mockImplementation((text) => void errors.push(String(text)));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  return run(['node', 'culture-lens', ...words]);
}

beforeAll(async () => {
  for (const model of ['mini-100k', 'mini-600k']) {
    expect(await command('probe', `data/models/mini/${model}`, '--runs', runs, ...SAMPLE)).toBe(0);
  }
}, 120_000);

afterEach(() => {
  vi.restoreAllMocks();
});

const small = join(runs, 'probe', 'mini-100k');
const large = join(runs, 'probe', 'mini-600k');

describe('culture-lens compare', () => {
  it('shows both models and their differences with intervals', async () => {
    expect(await command('compare', small, large)).toBe(0);
    expect(printed[0]).toMatch(
      /^mini-100k and mini-600k: people-answer, plain, options given, 190 cells that both answered \(left out: 17 where the survey/,
    );
    expect(printed[0]).toMatch(
      /^r +\d+ +9 +0\.\d{3} +0\.\d{3} +[+−]0\.\d{3} +\[[+−]0\.\d{3}, [+−]0\.\d{3}\]$/m,
    );
    expect(printed[0]).toMatch(/^option mass /m);
    expect(printed[0]).toContain('r by category');
  });

  it('exits with 1 and says what fell where the drop is larger than allowed', async () => {
    expect(await command('compare', large, small, '--fail-if-drop', '0.001')).toBe(1);
    expect(errors.join()).toMatch(
      /mini-100k: (r|deviation r) fell by 0\.\d+, from 0\.\d+ to 0\.\d+, more than 0\.001/,
    );
    expect(await command('compare', large, small, '--fail-if-drop', '1')).toBe(0);
  });

  it('measures a drop from an earlier comparison when it is given one', async () => {
    expect(await command('compare', small, large, '--json')).toBe(0);
    const earlier = JSON.parse(printed[0] ?? '') as RunComparison;
    expect(earlier).toMatchObject({ contract: 1, first: 'mini-100k', second: 'mini-600k' });
    const file = join(newFolder(), 'tonight.json');
    writeFileSync(file, printed[0] ?? '');
    // From mini-600k, whose figures the file holds as its second model's.
    expect(await command('compare', small, small, '--baseline', file, '--fail-if-drop', '0.001')).toBe(1);
    expect(await command('compare', small, large, '--baseline', file, '--fail-if-drop', '0.001')).toBe(0);
  });

  it('refuses what is no baseline, and a baseline without an amount', async () => {
    const file = join(newFolder(), 'x.json');
    writeFileSync(file, '{"contract": 1}');
    expect(await command('compare', small, large, '--baseline', file, '--fail-if-drop', '0.1')).toBe(1);
    expect(errors.join()).toMatch(/Reading the baseline of a comparison: .*x\.json/);
    expect(await command('compare', small, large, '--baseline', file)).toBe(1);
    expect(errors.join()).toContain('--baseline is given without --fail-if-drop');
  });

  it('refuses runs of other questions and lists what differs', async () => {
    const words = SAMPLE.map((word) => (word === 'sample-24' ? 'Q1,Q57' : word));
    expect(
      await command('probe', 'data/models/mini/mini-100k', '--runs', runs, '--name', 'short', ...words),
    ).toBe(0);
    expect(await command('compare', small, join(runs, 'probe', 'short'))).toBe(1);
    expect(errors.join()).toMatch(/they asked different questions \(items only in .*mini-100k: Q\d+/);
  });

  it('refuses a wording that was not asked, and names those that were', async () => {
    expect(await command('compare', small, large, '--template', 'persona')).toBe(1);
    expect(errors.join()).toContain(
      'holds the templates people-answer in the formats plain. Expected persona, plain.',
    );
  });

  it('refuses a folder that holds no run', async () => {
    expect(await command('compare', small, newFolder())).toBe(1);
    expect(errors.join()).toMatch(/manifest\.json/);
  });
});

describe('culture-lens robustness', () => {
  it('shows in how many combinations of choices each finding keeps its sign, and what each choice does', async () => {
    expect(await command('robustness', small)).toBe(0);
    expect(printed[0]).toMatch(/^mini-100k +r minus that of item means( +[−]?0\.\d{3}){4} +\d+ % +1 x \d+$/m);
    expect(printed[0]).toMatch(/^– {2,}as chosen( +[−]?0\.\d{3}){5}$/m);
    expect(printed[0]).toMatch(/^items +without each of 12 categories/m);
    expect(printed[0]).toContain('option order (ask both orders)');
  });

  it('prints the same as JSON', async () => {
    expect(await command('robustness', small, '--json')).toBe(0);
    const found = JSON.parse(printed[0] ?? '') as ModelRobustness;
    const [chosen] = found.oneChoiceChanged;
    expect(chosen?.choice).toBeNull();
    expect(found.chosen).toMatchObject({ orders: 'given', weights: 'weighted', items: 'all' });
    expect(found.waysOfAsking).toBe(1);
    expect(found.dataChoices).toBeGreaterThan(20);
  });

  it('refuses a folder without a run', async () => {
    expect(await command('robustness', runs)).toBe(1);
    expect(errors.join()).toContain('manifest.json');
  });
});
