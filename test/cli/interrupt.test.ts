import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { readManifest } from '../../lib/runs/store/index.js';

it('Ctrl-C stops after the prompts in flight, prints the command that resumes, and leaves a clean folder', async () => {
  const runs = mkdtempSync(join(tmpdir(), 'interrupt-'));
  const words = [
    'probe',
    'data/models/mini/mini-100k',
    '--items',
    'Q1,Q2,Q3,Q4,Q5,Q6,Q27,Q28,Q29,Q30',
    '--runs',
    runs,
  ];
  const child = spawn(process.execPath, [projectPath('lib', 'bin', 'culture-lens.js'), ...words], {
    cwd: projectPath(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const folder = join(runs, 'probe', 'mini-100k');
  const parts = join(folder, 'readings');
  while (
    child.exitCode === null &&
    (!existsSync(parts) || readdirSync(parts).filter((name) => name.startsWith('part-')).length < 2)
  ) {
    await pause(5);
  }
  child.kill('SIGINT');
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(said).toContain('Stopping after the prompts in flight');
  expect(said).toMatch(/Stopped: \d+ of 1100 readings of mini-100k are stored in/);
  expect(said).toContain(`To go on from there: npx culture-lens ${words.join(' ')}`);
  expect(status).toBe(130);
  expect(readManifest(folder).status).toBe('running');
  expect(readdirSync(folder)).not.toContain('lock.json');
});

it('Ctrl-C stops between two models that are compared with people, and nothing passes for a result', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'interrupt-'));
  const study = join(folder, 'study.json');
  const readings = 'data/readings/mini/mini-36k';
  const models = ['a', 'b', 'c', 'd'].map((name) => ({ name, readings }));
  writeFileSync(study, JSON.stringify({ id: 's', title: 'S', models, settings: { items: 'sample-24' } }));
  const words = ['study', study, '--runs', folder];
  const child = spawn(process.execPath, [projectPath('lib', 'bin', 'culture-lens.js'), ...words], {
    cwd: projectPath(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let isStopped = false;
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
    if (!isStopped && said.includes('comparing with people: models 0 of 4')) {
      isStopped = child.kill('SIGINT');
    }
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(said).toContain('or once the model is loaded or compared');
  expect(said).toContain(
    `\nStopped: all that was read is stored.\nTo go on from there: npx culture-lens ${words.join(' ')}\n`,
  );
  expect(status).toBe(130);
  expect(readManifest(join(folder, 's', 'd')).status).toBe('complete');
  expect(existsSync(join(folder, 's', 'summary.json'))).toBe(false);
}, 120_000);

it('Ctrl-C ends a check of first tokens after the prompt in flight, and says that nothing is stored', async () => {
  const words = ['first-token', 'data/models/mini/mini-100k', '--sample', '5000', '--provider', 'cpu'];
  const child = spawn(process.execPath, [projectPath('lib', 'bin', 'culture-lens.js'), ...words], {
    cwd: projectPath(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let isStopped = false;
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
    if (!isStopped && said.includes('greedy answers')) {
      isStopped = child.kill('SIGINT');
    }
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(said).toContain('Stopping after the prompt in flight');
  expect(said).toMatch(/\nStopped: nothing is stored by this check\./);
  expect(status).toBe(130);
}, 60_000);
