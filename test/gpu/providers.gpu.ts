import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { PROVIDERS, tryProvider } from '../../lib/inference/provider.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { findTemplate, loadTemplates } from '../../lib/prompts/templates.js';
import { loadCountries } from '../../lib/survey/countries.js';
import { selectCountries } from '../../lib/survey/country-selection.js';
import { chooseItems } from '../real/choose-items.js';
import { largestDifference, readPrompts } from './read-prompts.js';

/**
 * Float32 in another order of sums: exports on the CPU differ among each other by 4e-5 nats at most. 1e-3 leaves a GPU's own
 * exponentials room, and is far below what TF32, a wrong mask or wrong positions do.
 */
const TOLERANCE = 1e-3;

// "cpu" shows on a machine without a GPU that this check itself works.
const asked = (process.env.CULTURE_LENS_GPU_PROVIDERS ?? 'cuda,webgpu').split(',');
const trials = await Promise.all(
  PROVIDERS.filter((provider) => asked.includes(provider)).map((provider) => tryProvider(provider)),
);
const running = trials.filter(({ runs }) => runs).map(({ provider }) => provider);
if (running.length === 0) {
  const reasons = trials.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
  throw new Error(
    `No provider of ${asked.join(', ')} runs here (${reasons}). This check needs a machine with a GPU; for NVIDIA run npm run setup:gpu first.`,
  );
}

const real = projectPath('data', 'models', 'smollm2-135m-instruct', 'out');
const FOLDERS = [
  ...['mini-100k', 'mini-600k'].map((name) => projectPath('data', 'models', 'mini', name)),
  // Made by data/models/smollm2-135m-instruct/make/make.py; where they are not, the mini models have to do.
  ...['plain-fp32', 'genai-fp32'].map((name) => join(real, name)).filter((folder) => existsSync(folder)),
];

const template = findTemplate(loadTemplates(), 'people-answer');
const countries = selectCountries(loadCountries(), 'default-55');
const prompts = chooseItems().flatMap((item) =>
  countries.map((country) => renderPrompt({ item, template, country, order: 'given' })),
);
const results: Record<string, unknown>[] = [];

afterAll(() => {
  const folder = projectPath('test', 'results', 'gpu');
  mkdirSync(folder, { recursive: true });
  const doctor = spawnSync(
    process.execPath,
    [projectPath('lib', 'bin', 'culture-lens.js'), 'doctor', '--json'],
    {
      encoding: 'utf8',
    },
  );
  const transcript = { doctor: JSON.parse(doctor.stdout) as unknown, trials, results };
  writeFileSync(
    join(folder, `providers-${running.join('-')}.json`),
    `${JSON.stringify(transcript, null, 2)}\n`,
  );
});

describe.each(running)('on %s, 24 items x 55 countries', (provider) => {
  it.each(FOLDERS)('%s: packed rows, and the numbers of the CPU', async (folder) => {
    const cpu = await readPrompts(folder, prompts, 'cpu');
    const own = await readPrompts(folder, prompts, provider);
    const difference = largestDifference(own, cpu);
    const { way, reason, selfTest, longestRow } = own;
    const timesAsFast = own.promptsPerSecond / cpu.promptsPerSecond;
    results.push({ folder, provider, way, reason, selfTest, longestRow, difference, timesAsFast });
    console.log(
      `${folder} on ${provider}: ${way}, rows up to ${longestRow} tokens, ${timesAsFast.toFixed(2)} times as fast as the CPU ` +
        `(${own.promptsPerSecond.toFixed(0)} and ${cpu.promptsPerSecond.toFixed(0)} prompts/s), largest difference ${difference.toExponential(1)} nats`,
    );
    expect(way, reason).toBe('packed-rows');
    expect(difference).toBeLessThan(TOLERANCE);
  });
});
