import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/culture-lens.js';
import { SAMPLES } from '../runs/import/logs/fixture.js';
import { newFolder } from '../support/small-run.js';

afterEach(() => vi.restoreAllMocks());

async function command(...words: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const spies = {
    out: [vi.spyOn(console, 'log'), vi.spyOn(process.stdout, 'write')],
    error: [vi.spyOn(console, 'error'), vi.spyOn(process.stderr, 'write')],
  };
  for (const spy of Object.values(spies).flat()) {
    spy.mockImplementation((() => true) as never);
  }
  const status = await run(['node', 'culture-lens', ...words]);
  const text = (list: readonly { mock: { calls: unknown[][] } }[]): string =>
    list.flatMap(({ mock }) => mock.calls.flat().map(String)).join('\n');
  return { status, out: text(spies.out), error: text(spies.error) };
}

describe('culture-lens export readings', () => {
  it('writes a table of a recording that ships, and says what a row is', async () => {
    const table = join(newFolder(), 'mini.csv');
    const { status, out } = await command('export', 'readings', 'data/readings/mini/mini-6k', table);
    expect(status).toBe(0);
    expect(out).toMatch(/^11,440 rows, 23 columns: one item in one country/);
    expect(readFileSync(table, 'utf8').split('\n')[1]).toMatch(/^mini-6k,people-answer,plain,letter,Q1,/);
    expect(existsSync(`${table}.dictionary.json`)).toBe(true);
  });

  it('explains itself, and ends with status 2 on a wrong option and 1 on a wrong folder', async () => {
    const help = await command('export', 'readings', '--help');
    expect(help.status).toBe(0);
    expect(help.out).toContain('npx culture-lens export readings data/runs/mini mini.csv');
    expect((await command('export', 'readings', 'x', 'y.csv', '--rows', 'letters')).status).toBe(2);
    const { status, error } = await command('export', 'readings', 'no-such-folder', 'y.csv');
    expect(status).toBe(1);
    expect(error).toContain('no-such-folder is not there');
  });
});

describe('culture-lens export lm-eval and import lm-eval', () => {
  it('writes a task of the items, countries and templates that are named', async () => {
    const folder = join(newFolder(), 'my-task');
    const { status, out } = await command(
      ...['export', 'lm-eval', folder, '--items', 'Q57', '--countries', 'DEU,JPN', '--order', 'given'],
    );
    expect({ status, out }).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^2 prompts, task culture_lens_my_task/),
    });
    expect(existsSync(join(folder, 'culture_lens_my_task.yaml'))).toBe(true);
    const other = join(newFolder(), 'texts');
    const study = [
      '--settings',
      'data/studies/smollm2-texts.json',
      '--format',
      'plain',
      '--items',
      'Q57',
      '--countries',
      'DEU',
    ];
    expect((await command('export', 'lm-eval', other, ...study)).out).toMatch(
      /task culture_lens_smollm2_texts/,
    );
  });

  it('makes a run with summary and report of a log', async () => {
    const runs = newFolder();
    const { status, out } = await command(
      'import',
      'lm-eval',
      SAMPLES,
      '--name',
      'six',
      '--study',
      'logs',
      '--runs',
      runs,
    );
    expect(status).toBe(0);
    expect(out).toContain(
      '32 of 32 readings in a log of lm-eval 0.4.13, hf {"pretrained":"mini-6k","dtype":"float32"}',
    );
    expect(existsSync(join(runs, 'logs', 'six', 'summary.json'))).toBe(true);
    expect(existsSync(join(runs, 'logs', 'six', 'report.html'))).toBe(true);
  });

  it('needs a name for the model, and leaves the imports of surveys as they are', async () => {
    expect((await command('import', 'lm-eval', SAMPLES)).status).toBe(2);
    expect((await command('import', 'lm-eval', '--help')).out).toContain('results_<time>.json');
    expect((await command('import', 'evs-wvs', 'no-such-file.csv', '--survey', 'evs')).error).toContain(
      'no-such-file.csv is not there',
    );
  });
});
