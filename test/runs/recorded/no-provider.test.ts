import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { describePlan } from '../../../lib/runs/plan/describe-plan.js';
import { planStudy } from '../../../lib/runs/run-study.js';
import { readManifest } from '../../../lib/runs/store/index.js';
import { makeStudy } from '../../../lib/runs/study.js';
import { newFolder, runSmall } from '../../support/small-run.js';

const recorded = { name: 'mini-6k', readings: 'data/readings/mini/mini-6k' };
const settings = { items: ['Q1', 'Q57'], countries: ['DEU', 'JPN'] };

// Says at the end what a process had done of all that a provider needs.
const WATCH = `
  import { subscribe } from 'node:diagnostics_channel';
  let children = 0;
  subscribe('child_process', () => { children += 1; });
  process.on('exit', () => {
    process.report.excludeNetwork = true;
    const loaded = process.report.getReport().sharedObjects.some((path) => path.includes('onnxruntime'));
    process.stderr.write('WATCHED ' + JSON.stringify({ children, loaded }));
  });
`;

/** Runs a study file with the provider `auto` in a process of its own. @returns children started, onnxruntime loaded */
function watchedStudy(model: object): { readonly children: number; readonly loaded: boolean } {
  const folder = newFolder();
  const file = join(folder, 'study.json');
  writeFileSync(file, JSON.stringify({ id: 'watched', title: 'Watched', models: [model], settings }));
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(WATCH)}`],
      ...[projectPath('lib', 'bin', 'culture-lens.js'), 'study', file, '--runs', folder],
    ],
    { encoding: 'utf8', cwd: projectPath() },
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(stderr.split('WATCHED ')[1] ?? 'null');
}

describe('a study of recordings alone', () => {
  it('tries no provider and does not load onnxruntime, as a study of a model folder does', () => {
    expect(watchedStudy(recorded)).toEqual({ children: 0, loaded: false });
    const computed = watchedStudy({ name: 'mini-6k', folder: 'data/models/mini/mini-6k' });
    expect(computed.children).toBeGreaterThan(0);
    expect(computed.loaded).toBe(true);
  });

  it('is the same run whatever provider is asked for, on this machine or another', async () => {
    const runsFolder = newFolder();
    const told: string[] = [];
    const run = (provider: 'cpu' | 'cuda') =>
      runSmall(recorded, {
        ...{ runsFolder, settings: { ...settings, provider } },
        onMessage: (line) => told.push(line),
      });
    const { folder } = await run('cpu');
    expect(readManifest(join(folder, 'mini-6k')).model.provider).toBe('none');
    await run('cuda');
    expect(told).toEqual([
      'mini-6k: 8 prompts asked, 0 were stored before.',
      'mini-6k: all 8 readings were stored before; the model was not loaded.',
    ]);
  });

  it('names the provider of a run that was begun on one', async () => {
    const runsFolder = newFolder();
    const { folder } = await runSmall(recorded, { runsFolder, settings });
    const path = join(folder, 'mini-6k', 'manifest.json');
    const manifest = readManifest(join(folder, 'mini-6k'));
    const begun = { ...manifest, identity: 'f0', model: { ...manifest.model, provider: 'cpu' } };
    writeFileSync(path, JSON.stringify(begun));
    await expect(runSmall(recorded, { runsFolder, settings })).rejects.toThrow(
      'the provider (was cpu, now none) changed since it began',
    );
  });

  it('has a plan that names none', async () => {
    const study = makeStudy({ id: 'p', title: 'P', models: [recorded], settings });
    const silent = { onProgress: () => {}, onMessage: () => {} };
    const [plan] = await planStudy({ study, runsFolder: newFolder(), ...silent });
    expect(plan === undefined ? [] : describePlan(plan)).toContain('model: mini-6k, recorded');
  });
});
