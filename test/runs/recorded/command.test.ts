import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../../lib/cli/culture-lens.js';
import { readRecording } from '../../../lib/runs/store/index.js';
import type { EncodedPrompt, OptionReading } from '../../../lib/types.js';
import { answerWith, fakeSource } from '../../support/fake-source.js';
import { newFolder, runSmall } from '../../support/small-run.js';

function answer({ prompt }: EncodedPrompt): OptionReading {
  const reading = answerWith(prompt.options.map(() => 0.75 / prompt.options.length));
  return reading.kind === 'read' ? { ...reading, topTokens: [{ tokenId: 1, logProb: -1 }] } : reading;
}

let runFolder: string;
const printed: string[] = [];

beforeAll(async () => {
  const { folder } = await runSmall(
    { name: 'fake', folder: 'nowhere' },
    {
      // 5 items x 55 countries x 2 orders: 550 readings, more than keep their top tokens.
      settings: { items: ['Q57', 'Q139', 'Q140', 'Q165', 'Q166'] },
      openSource: () => fakeSource({ name: 'fake', answer }),
    },
  );
  runFolder = join(folder, 'fake');
}, 60_000);

afterEach(() => {
  vi.restoreAllMocks();
  printed.length = 0;
});

function record(...words: string[]): Promise<number> {
  const keep = (text: unknown): boolean => printed.push(String(text)) > 0;
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  return run(['node', 'culture-lens', 'record', ...words]);
}

describe('--round', () => {
  it('moves log-probabilities by half a step at most, makes a smaller file, and says so in the manifest', async () => {
    const [whole, rounded] = [join(newFolder(), 'whole'), join(newFolder(), 'rounded')];
    expect(await record(runFolder, '--out', whole)).toBe(0);
    expect(await record(runFolder, '--out', rounded, '--round', '2^-14')).toBe(0);
    const [before, after] = [await readRecording(whole), await readRecording(rounded)];
    expect([before.manifest.readings.step, after.manifest.readings.step]).toEqual([null, 2 ** -14]);
    const moved = before.readings.flatMap(({ optionLogProbs }, row) =>
      optionLogProbs.map((value, place) =>
        Math.abs(value - (after.readings[row]?.optionLogProbs[place] ?? Number.NaN)),
      ),
    );
    expect(Math.max(...moved)).toBeGreaterThan(0);
    expect(Math.max(...moved)).toBeLessThanOrEqual(2 ** -15);
    const values = after.readings.flatMap(({ optionLogProbs }) => optionLogProbs);
    expect(values.every((value) => Number.isInteger(value * 2 ** 14))).toBe(true);
  });

  it.each(['0.01', '0', 'much'])('refuses %s', async (step) => {
    const out = join(newFolder(), 'out');
    expect(await record(runFolder, '--out', out, '--round', step)).not.toBe(0);
    expect(existsSync(out)).toBe(false);
  });
});

describe('culture-lens record', () => {
  it('writes a recording of runs and says what is in it', async () => {
    const out = join(newFolder(), 'recording');
    expect(await record(runFolder, '--out', out, '--seed', '7')).toBe(0);
    expect(printed[0]).toMatch(/^fake: 550 readings of 1 run, 0 unscored, 500 with top tokens; \d+ kB$/);
    expect(printed[1]).toBe(`Written: ${out}`);
    const { manifest, readings } = await readRecording(out);
    expect(manifest).toMatchObject({ tokenizer: null, readings: { rows: 550, seed: 7 } });
    expect(new Set(readings.map(({ optionMass }) => optionMass))).toEqual(new Set([0.75]));
    expect(readings.filter(({ topTokens }) => topTokens.length > 0)).toHaveLength(500);
  });

  it('draws the readings that keep their top tokens by the seed', async () => {
    const drawnBy = async (seed: string): Promise<string> => {
      const out = join(newFolder(), 'recording');
      await record(runFolder, '--out', out, '--seed', seed);
      return (await readRecording(out)).readings.map(({ topTokens }) => topTokens.length).join('');
    };
    expect(await drawnBy('7')).toBe(await drawnBy('7'));
    expect(await drawnBy('7')).not.toBe(await drawnBy('8'));
  });

  it('writes nothing when something is wrong, and says what', async () => {
    const out = join(newFolder(), 'recording');
    expect(await record(join(runFolder, 'readings'), '--out', out)).toBe(1);
    expect(printed.join('')).toContain('Reading a run: ');
    expect(await record(runFolder)).toBe(2);
    expect(printed.join('')).toContain("required option '--out <folder>' not specified");
    expect(await record(runFolder, '--out', out, '--seed', '-1')).toBe(2);
    expect(printed.join('')).toContain('Expected a whole number from 0 to 4294967295.');
    expect(existsSync(out)).toBe(false);
  });

  it('does not read the runs before it knows where to write', async () => {
    expect(await record(join(runFolder, 'nowhere'), '--out', runFolder)).toBe(1);
    expect(printed.join('')).toContain(`Recording runs: ${runFolder} exists`);
  });
});
