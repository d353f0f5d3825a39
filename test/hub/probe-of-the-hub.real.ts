import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { readManifest, readReadings } from '../../lib/runs/store/index.js';
import { realFolder, requireWeights } from '../real/reference.js';
import { environmentOf, newFolder, open } from './fetch-setup.js';
import { COMMIT, filesOf, type HubServer, startHub } from './hub-server.js';

requireWeights();

const ID = 'lab/smollm2';
const exported = join(realFolder, 'out', 'genai-fp32');
const runs = newFolder();

let hub: HubServer;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  hub = await startHub({ [ID]: open(filesOf(exported)) });
  environment = { PATH: process.env.PATH, ...environmentOf(hub, { HF_HUB_DOWNLOAD_TIMEOUT: '30' }) };
});
beforeEach(() => {
  hub.heard.length = 0;
});
afterAll(() => hub.close());

async function probe(model: string, study: string, more: NodeJS.ProcessEnv = {}): Promise<string> {
  const words = [
    ...[projectPath('lib', 'bin', 'culture-lens.js'), 'probe', model, '--study', study, '--name', 'smollm2'],
    ...['--items', 'Q57,Q164', '--countries', 'DEU,JPN,KEN', '--provider', 'cpu', '--runs', runs],
  ];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    env: { ...environment, ...more },
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

const readingsOf = async (study: string) => {
  const readings = await readReadings(join(runs, study, 'smollm2'));
  return readings.map(({ variable, country, order, optionLogProbs }) => ({
    ...{ variable, country, order, optionLogProbs },
  }));
};

it('a real model is probed by its name on the hub, and says what its folder says', async () => {
  await probe(ID, 'by-name');
  expect(hub.heard.filter(({ sent }) => sent > 5e8).map(({ side }) => side)).toEqual(['cdn']);
  expect((await readManifest(join(runs, 'by-name', 'smollm2')))?.origin).toMatchObject({
    ...{ kind: 'hub', id: ID, revision: COMMIT },
  });
  await probe(exported, 'by-folder');
  const readings = await readingsOf('by-name');
  expect(readings).toHaveLength(12);
  expect(readings).toEqual(await readingsOf('by-folder'));
});

it('what was fetched once is asked again without a network', async () => {
  await probe(ID, 'offline', { HF_HUB_OFFLINE: '1' });
  expect(hub.heard).toEqual([]);
  expect(await readingsOf('offline')).toEqual(await readingsOf('by-name'));
});
