import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { recordRuns } from '../../../lib/runs/recorded/record-runs.js';
import { readReadings } from '../../../lib/runs/store/index.js';
import { startStandIn } from '../../inference/endpoint/stand-in-server.js';
import { newFolder, runSmall } from '../../support/small-run.js';

describe('a recording of a server', () => {
  it('stands in for it when it is gone', async () => {
    const tokenizer = projectPath('data', 'models', 'mini', 'mini-6k');
    const settings = { items: ['Q6', 'Q57'], countries: ['DEU', 'JPN'] };
    const server = await startStandIn({ dialect: 'vllm', folder: tokenizer });
    const asked = await runSmall(
      { name: 'served', endpoint: server.address, tokenizer },
      { settings },
    ).finally(() => server.close());
    const out = join(newFolder(), 'recording');
    const run = join(asked.folder, 'served');
    const { manifest } = await recordRuns({ runs: [run], out, tokenizer, seed: 1 });
    expect(manifest.model).toMatchObject({ name: 'served', dtype: 'served', provider: 'none' });
    const replayed = await runSmall({ name: 'served', readings: out }, { settings });
    const numbers = async (folder: string) =>
      (await readReadings(folder)).map(({ variable, country, order, tokenIdsHash, optionLogProbs }) => ({
        ...{ variable, country, order, tokenIdsHash },
        optionLogProbs: optionLogProbs.map(Math.fround),
      }));
    const found = await numbers(join(replayed.folder, 'served'));
    expect(found).toHaveLength(8);
    expect(found).toEqual(expect.arrayContaining(await numbers(run)));
  }, 60_000);
});
