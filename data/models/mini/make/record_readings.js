// Records what the shipped mini models answer, as data/readings/mini/<model>/. From the root of the project:
//   npm run build && node data/models/mini/make/record_readings.js [model ...]
// Every model is asked in the default wording; the arms of alignment in the chat template as well, and two models in other wordings.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRecipes, makeStudy, recordRuns, runStudy } from 'culture-lens';

/** Half a step is 3e-5 nats: within what float32 leaves open, and two thirds of the size. */
const STEP = 2 ** -14;
const OTHER_WORDINGS = {
  models: ['mini-100k', 'mini-600k'],
  templates: ['typical-resident', 'average-adult', 'no-country'],
};

const MINI = dirname(dirname(fileURLToPath(import.meta.url)));
const READINGS = join(dirname(dirname(MINI)), 'readings', 'mini');

const recipes = loadRecipes();
const alignment = recipes.factors.alignment;
const shipped = recipes.recipes
  .map(({ name }) => name)
  .filter((name) => existsSync(join(folderOf(name), 'model.onnx')));
const chosen = process.argv.slice(2);
const runsFolder = mkdtempSync(join(tmpdir(), 'mini-readings-'));
mkdirSync(READINGS, { recursive: true });

for (const name of chosen.length === 0 ? shipped : chosen) {
  const ways = [
    { id: 'default', settings: {} },
    ...(alignment.includes(name) ? [{ id: 'chat', settings: { formats: ['chat'] } }] : []),
    ...(OTHER_WORDINGS.models.includes(name)
      ? [{ id: 'wordings', settings: { templates: OTHER_WORDINGS.templates } }]
      : []),
  ];
  const runs = [];
  for (const { id, settings } of ways) {
    const models = [{ name, folder: folderOf(name) }];
    const { folder } = await runStudy({
      study: makeStudy({
        id: `${id}-${name}`,
        title: id,
        models,
        settings: { ...settings, provider: 'cpu' },
      }),
      runsFolder,
      onProgress: () => {},
      onMessage: (line) => console.log(line),
      signal: new AbortController().signal,
      command: 'record_readings.js',
    });
    runs.push(join(folder, name));
  }
  const out = join(READINGS, name);
  rmSync(out, { recursive: true, force: true });
  const { bytes } = await recordRuns({ runs, out, tokenizer: folderOf(name), seed: 1, step: STEP });
  console.log(`${name}: ${Math.ceil(bytes / 1000)} kB recorded`);
}
rmSync(runsFolder, { recursive: true });

function folderOf(name) {
  return join(MINI, name);
}
