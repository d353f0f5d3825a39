import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';

function run(...words: string[]) {
  const program = projectPath('lib', 'bin', 'culture-lens.js');
  return spawnSync(process.execPath, [program, ...words], { encoding: 'utf8', cwd: projectPath() });
}

describe('the command line', () => {
  it.each([
    [[]],
    [['fetch']],
    [['probe']],
    [['study']],
    [['convert']],
    [['compare']],
    [['report']],
    [['survey']],
    [['models']],
    [['validate']],
    [['doctor']],
    [['setup']],
    [['setup-gpu']],
    [['lab']],
    [['notebooks']],
  ])('explains %j with --help', (words) => {
    const { status, stdout, stderr } = run(...words, '--help');
    expect(stdout).toMatch(/^Usage: culture-lens/);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('refuses an unknown option with status 2 and says where help is', () => {
    const { status, stderr } = run('probe', 'x', '--tempalte', 'y');
    expect(stderr).toContain("unknown option '--tempalte'");
    expect(stderr).toContain('add --help');
    expect(status).toBe(2);
  });

  it('prints what is wrong with the input, without a stack trace, and writes nothing', () => {
    const runs = mkdtempSync(join(tmpdir(), 'cli-'));
    const { status, stderr } = run('probe', projectPath('data', 'items'), '--runs', runs);
    expect(stderr).toMatch(
      /^\nculture-lens: Opening the model folder .*: there is no ONNX graph in it .* Expected one ONNX graph/,
    );
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(1);
    expect(readdirSync(runs)).toEqual([]);
  });

  it('checks the survey against the facts stated about it', () => {
    const { status, stdout } = run('survey');
    expect(stdout).toMatch(/All \d+ facts agree\./);
    expect(stdout).not.toContain(' NO ');
    expect(status).toBe(0);
  });

  it('shows how often its intervals hold what they should', () => {
    const { status, stdout } = run('validate', '--worlds', '2', '--seed', '4');
    expect(stdout).toMatch(/^world +interval of +items +batteries +countries +covers +± +width/);
    expect(stdout).toMatch(/^independent +mean r +205 +205 +55 +[01]\.\d{3} /m);
    expect(stdout).toMatch(/^batteries of 3 +mean r +10 +4 +55 +– +– +– +only 4 /m);
    expect(stdout).toContain('2 worlds of each kind; ± is the Monte Carlo standard error.');
    expect(status).toBe(0);
  }, 60_000);

  it('shows what the machine has, as data too', () => {
    const found = JSON.parse(run('doctor', '--json').stdout) as Record<string, string>;
    expect(found['provider cpu']).toBe('runs');
    expect(found['matrix backend']).toMatch(/^(tfjs-node-gpu|tfjs-node|wasm|plain)$/);
    expect(found.node).toBe(process.version);
  });

  it('says with --plan what a run would compute, how long and why, and asks nothing', () => {
    const runs = mkdtempSync(join(tmpdir(), 'cli-'));
    const sample = ['--items', 'sample-24', '--countries', 'DEU,KEN,BRA', '--runs', runs];
    const { status, stdout } = run('probe', 'data/models/mini/mini-100k', ...sample, '--plan');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^prompts: 144$/m);
    expect(stdout).toMatch(/^way: packed-rows \(prompts that begin alike share a row/m);
    expect(stdout).toMatch(
      /^tokens: [\d,]+ in all prompts, [\d,]+ distinct .*, [\d,]+ computed \(1\.\d{3} x distinct\)$/m,
    );
    expect(stdout).toMatch(/^runs: \d+, the largest of \d+ tokens$/m);
    expect(stdout).toMatch(/^estimated time: /m);
    expect(stdout).toMatch(/^estimated memory beside the weights: \d+ MB, of 96 MB allowed$/m);
    expect(readdirSync(runs).filter((name) => !name.startsWith('.'))).toEqual([]);
    const whole = run('probe', 'data/models/mini/mini-100k', ...sample, '--plan', '--packing', 'off');
    expect(whole.stdout).toMatch(/^way: equal-length-batches \(packing is switched off\)$/m);
  });

  it('probes a model, resumes with nothing left, and shows a table', () => {
    const runs = mkdtempSync(join(tmpdir(), 'cli-'));
    const words = [
      'probe',
      'data/models/mini/mini-100k',
      '--items',
      'Q1,Q6,Q57',
      '--countries',
      'DEU,KEN',
      '--runs',
      runs,
    ];
    const first = run(...words);
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(/^mini-100k +3 +6 +0 /m);
    // Not a terminal: plain lines, no control characters.
    expect(first.stderr).toContain('mini-100k: prompts 12 of 12 (100 %)');
    expect(first.stderr).not.toContain('\u001b');
    const second = run(...words);
    expect(second.stderr).toContain('all 12 readings were stored before; the model was not loaded');
    expect(second.stdout).toBe(first.stdout);
    // How the orders are joined is computed from what was read: nothing is asked again.
    const summary = (): string => readFileSync(join(runs, 'probe', 'mini-100k', 'summary.json'), 'utf8');
    expect(JSON.parse(summary())).toHaveProperty('settings.join', 'log-probabilities');
    const joined = run(...words, '--join', 'probabilities');
    expect(joined.stderr).toContain('all 12 readings were stored before; the model was not loaded');
    expect(JSON.parse(summary())).toHaveProperty('settings.join', 'probabilities');
  });
});
