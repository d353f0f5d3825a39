import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readManifest, readReadings } from '../../../lib/runs/store/index.js';
import { readSummary } from '../../../lib/runs/summary/read-summary.js';
import { environmentOf, MINI, miniFolder, startLab } from '../../hub/fetch-setup.js';
import { COMMIT, type HubServer } from '../../hub/hub-server.js';
import { newFolder, runSmall } from '../../support/small-run.js';

const settings = { items: ['Q6'], countries: ['DEU', 'JPN', 'BRA'] };

let hub: HubServer;
beforeAll(async () => {
  hub = await startLab();
});
afterEach(() => {
  vi.unstubAllEnvs();
  hub.heard.length = 0;
});
afterAll(() => hub.close());

const model = { name: 'small', hub: MINI, dtype: 'q4' } as const;

function useHub(): void {
  for (const [name, value] of Object.entries(environmentOf(hub))) {
    vi.stubEnv(name, value);
  }
}

describe('a study of a model of the hub', () => {
  it('fetches it, asks it, and says which commit it was', async () => {
    useHub();
    const said: string[] = [];
    const { folder, summary } = await runSmall(model, { settings, onMessage: (line) => said.push(line) });
    const own = await runSmall({ name: 'small', folder: miniFolder }, { settings });
    expect((await readReadings(join(folder, 'small'))).map(({ optionLogProbs }) => optionLogProbs)).toEqual(
      (await readReadings(join(own.folder, 'small'))).map(({ optionLogProbs }) => optionLogProbs),
    );
    const origin = { kind: 'hub', id: MINI, revision: COMMIT, graph: 'onnx/model_q4.onnx' };
    expect(readManifest(join(folder, 'small')).origin).toEqual(origin);
    expect(readSummary(folder).models).toMatchObject([{ name: 'small', origin }]);
    expect(summary.models).toHaveLength(1);
    expect(said[0]).toMatch(/^small: \d+\.\d MB of lab\/mini fetched to /);
  });

  it('goes on without asking for what is there, also where there is no network', async () => {
    useHub();
    const runsFolder = newFolder();
    await runSmall(model, { settings, runsFolder });
    hub.heard.length = 0;
    vi.stubEnv('HF_HUB_OFFLINE', '1');
    const said: string[] = [];
    await runSmall(model, { settings, runsFolder, onMessage: (line) => said.push(line) });
    expect(hub.heard).toEqual([]);
    expect(said).toEqual(['small: all 6 readings were stored before; the model was not loaded.']);
  });

  it('asks nothing where a later model cannot be had', async () => {
    useHub();
    const runsFolder = newFolder();
    const missing = runSmall({ name: 'gone', hub: 'lab/nothing' }, { settings, runsFolder });
    await expect(missing).rejects.toThrow(/^Fetching lab\/nothing: /);
    await expect(runSmall({ ...model, dtype: 'fp16' }, { settings, runsFolder })).rejects.toThrow(
      'none of its graphs is named as fp16',
    );
  });
});
