import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { loadCatalogue, type ModelCatalogue } from '../../lib/runs/models/catalogue/catalogue.js';

function run(...words: string[]) {
  const program = projectPath('lib', 'bin', 'culture-lens.js');
  return spawnSync(process.execPath, [program, 'models', ...words], {
    encoding: 'utf8',
    cwd: projectPath(),
  });
}

const { models, analyses } = loadCatalogue();

describe('culture-lens models', () => {
  it('lists every model in a line that a terminal of 120 columns shows whole', () => {
    const { status, stdout } = run();
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^model +size +tokens +languages +kind +synthetic +licence +ONNX +read$/);
    expect(lines.slice(2, 2 + models.length).map((line) => line.split(' ')[0])).toEqual(
      models.map(({ id }) => id),
    );
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  it('says what is known, what is not, and how much was read', () => {
    const { stdout } = run();
    expect(stdout).toMatch(
      /^smollm2-135m-instruct +135M +2T +English +instruct +some +apache-2\.0 +yes +7 of 10$/m,
    );
    expect(stdout).toMatch(/^aya-expanse-8b +8\.03B +– +23 languages +chat +some +cc-by-nc-4\.0, gated +– /m);
  });

  it.each([
    ['size', 'size'],
    ['languages', 'languages'],
    ['alignment', 'alignment'],
    ['synthetic', 'synthetic text'],
  ])('shows who is compared for %s, and what else differs', (word, factor) => {
    const { stdout } = run('--analysis', word);
    const titles = [...stdout.matchAll(/^(\S+)\n\nmodel /gm)].map(([, title]) => title);
    const shown = analyses.filter((one) => one.factor === factor);
    expect(titles).toEqual(shown.map(({ id }) => id));
    expect(stdout.split('What else differs: ')).toHaveLength(shown.length + 1);
    expect(stdout).toContain('These are facts about models, not findings.');
    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('gives the same as JSON, with the models of an analysis alone', () => {
    const all = JSON.parse(run('--json').stdout) as ModelCatalogue;
    expect(all).toEqual(loadCatalogue());
    const some = JSON.parse(run('--analysis', 'synthetic', '--json').stdout) as ModelCatalogue;
    expect(some.analyses.map(({ factor }) => factor)).toEqual(some.analyses.map(() => 'synthetic text'));
    expect(some.models.map(({ id }) => id)).toContain('phi-1.5');
    expect(some.models.map(({ id }) => id)).not.toContain('llama-2-7b');
  });

  it('refuses another analysis with status 2', () => {
    const { status, stderr } = run('--analysis', 'colour');
    expect(stderr).toContain('Allowed choices are size, languages, alignment, synthetic.');
    expect(status).toBe(2);
  });
});
