import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/culture-lens.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { newPath } from '../support/survey-file/small-file.js';

const fixture = (name: string): string => projectPath('test', 'fixtures', 'import', name);

afterEach(() => vi.restoreAllMocks());

async function command(...words: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => {});
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const status = await run(['node', 'culture-lens', ...words]);
  const text = (spy: { mock: { calls: unknown[][] } }): string =>
    spy.mock.calls.flat().map(String).join('\n');
  return { status, out: text(out) + text(write), error: text(error) };
}

describe('culture-lens import', () => {
  it('tells what it made, what it left out and how it differs from what ships', async () => {
    const folder = newPath('mine');
    const { status, out } = await command('import', 'wvs', fixture('wave7-compressed.sav'), '--out', folder);
    expect(status).toBe(0);
    expect(out).toMatch(/^respondents +60$/m);
    expect(out).toMatch(/^left out: fields with code -1 +\d+, missing answers \(don't know\)$/m);
    expect(out).toMatch(/Respondents that differ from data\/survey\/countries\.csv: BRA \d+ instead of 1762/);
    expect(out).toMatch(/cells are in both, \d+ of them differ/);
    expect(out).toContain(`--human ${join('..')}`);
    expect(readdirSync(folder)).toContain('human.json');
  });

  it('explains itself, and refuses options of another kind', async () => {
    const help = await command('import', '--help');
    expect(help.status).toBe(0);
    expect(help.out).toContain('country, variable, option, share');
    const folder = newPath('mine');
    const { status, error } = await command(
      ...['import', 'wvs', fixture('wave7.csv'), '--items', fixture('club-items.json'), '--out', folder],
    );
    expect(status).toBe(1);
    expect(error).toContain('Importing with "wvs": --items is for tidy only.');
    expect(readdirSync(dirname(folder))).toEqual([]);
    expect((await command('import', 'wvs6', 'x')).status).toBe(2);
    const pooled = await command('import', 'wvs', fixture('wave7.csv'), '--survey', 'evs', '--out', folder);
    expect(pooled.error).toContain('Importing with "wvs": --survey is for evs-wvs only.');
  });
});
