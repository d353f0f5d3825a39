import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/culture-lens.js';
import { readRecording } from '../../lib/runs/store/index.js';
import { answerWith, fakeSource } from '../support/fake-source.js';
import { newFolder, runSmall } from './recorded-support.js';

let runFolder: string;
const printed: string[] = [];

beforeAll(async () => {
  const { folder } = await runSmall(
    { name: 'fake', folder: 'nowhere' },
    {
      settings: { items: ['Q57'], countries: ['DEU', 'KEN'] },
      openSource: () => fakeSource({ name: 'fake', answer: () => answerWith([0.5, 0.25]) }),
    },
  );
  runFolder = join(folder, 'fake');
});

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

describe('culture-lens record', () => {
  it('writes a recording of runs and says what is in it', async () => {
    const out = join(newFolder(), 'recording');
    expect(await record(runFolder, '--out', out, '--seed', '7')).toBe(0);
    // One item, two countries, two orders; the fake has no top tokens.
    expect(printed[0]).toMatch(/^fake: 4 readings of 1 run, 0 unscored, 0 with top tokens; \d+ kB$/);
    expect(printed[1]).toBe(`Written: ${out}`);
    const { manifest, readings } = await readRecording(out);
    expect(manifest).toMatchObject({ tokenizer: null, readings: { rows: 4, seed: 7 } });
    expect(readings.map(({ optionMass }) => optionMass)).toEqual([0.75, 0.75, 0.75, 0.75]);
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
