import { afterEach, describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { readManifest, readReadings } from '../../../lib/runs/store/index.js';
import type { EndpointModel } from '../../../lib/runs/study-models.js';
import type { Reading } from '../../../lib/types.js';
import { newFolder, runSmall } from '../../support/small-run.js';
import { type Dialect, type Fault, type StandIn, startStandIn } from './stand-in-server.js';

const folder = projectPath('data', 'models', 'mini', 'mini-6k');
const settings = {
  items: ['Q6', 'Q57'],
  countries: ['DEU', 'JPN', 'BRA', 'NGA', 'IND', 'USA'],
  readings: ['letter', 'answer-text'] as const,
};
// Both read the same graph of the same model; whole prompts against packed rows.
const ROUNDING = 1e-4;

const running: StandIn[] = [];
const start = async (parts: Omit<Parameters<typeof startStandIn>[0], 'folder'>): Promise<StandIn> => {
  const server = await startStandIn({ folder, ...parts });
  running.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const served = (servers: readonly StandIn[], parts: Partial<EndpointModel> = {}): EndpointModel => ({
  name: 'served',
  endpoint: servers.map(({ address }) => address),
  tokenizer: folder,
  ...parts,
});

let own: Promise<Reading[]> | undefined;
/** The same prompts read from the model itself. */
function ownReadings(): Promise<Reading[]> {
  own ??= runSmall({ name: 'served', folder }, { settings }).then(async (outcome) =>
    inOrder(await readReadings(`${outcome.folder}/served`)),
  );
  return own;
}

const keyOf = ({ variable, country, order, readingKind }: Reading): string =>
  [variable, country, order, readingKind].join(' ');
const inOrder = (readings: readonly Reading[]): Reading[] =>
  [...readings].sort((one, other) => keyOf(one).localeCompare(keyOf(other)));

function largestDifference(one: readonly Reading[], other: readonly Reading[]): number {
  expect(one.map(keyOf)).toEqual(other.map(keyOf));
  return Math.max(
    ...one.flatMap(({ optionLogProbs }, row) =>
      optionLogProbs.map((logProb, option) =>
        Math.abs(logProb - (other[row]?.optionLogProbs[option] ?? Number.NaN)),
      ),
    ),
  );
}

describe('a study of a served model', () => {
  it.each<Dialect>(['vllm', 'older-vllm', 'sglang', 'llama.cpp', 'completions'])(
    'reads from %s what the model itself says',
    async (dialect) => {
      const server = await start({ dialect });
      const { folder: written } = await runSmall(served([server]), { settings });
      const readings = inOrder(await readReadings(`${written}/served`));
      expect(readings.every(({ status }) => status === 'scored')).toBe(true);
      expect(largestDifference(readings, await ownReadings())).toBeLessThan(ROUNDING);
      const { model, origin, plan } = readManifest(`${written}/served`);
      expect(model).toMatchObject({ engine: 'endpoint', provider: 'none', selfTest: { way: 'requests' } });
      expect(origin).toMatchObject({ kind: 'endpoint', model: 'the-model', servers: 1 });
      expect(plan.kind).toBe('requests');
    },
    60_000,
  );

  it('over three replicas with faults in every twentieth answer ends with every reading once, equal to that without faults', async () => {
    const faults: Fault[] = ['reset', 'overload', 'error', 'cut-short', 'no-log-probabilities', 'silence'];
    let wrong = 0;
    const fault = (request: number): Fault => {
      // The first ones settle what the server is.
      if (request < 20 || request % 20 !== 7) {
        return null;
      }
      wrong += 1;
      return faults[wrong % faults.length] ?? null;
    };
    const servers = [
      await start({ dialect: 'vllm', fault }),
      await start({ dialect: 'vllm', fault }),
      await start({ dialect: 'vllm', fault }),
    ];
    const faulty = await runSmall(served(servers, { timeoutSeconds: 2, concurrency: 2 }), { settings });
    const readings = inOrder(await readReadings(`${faulty.folder}/served`));
    expect(wrong).toBeGreaterThan(faults.length);
    expect(servers.every(({ asked }) => asked() > 30)).toBe(true);
    const calm = await start({ dialect: 'vllm' });
    const whole = await runSmall(served([calm]), { settings });
    const expected = inOrder(await readReadings(`${whole.folder}/served`));
    expect(new Set(readings.map(keyOf)).size).toBe(readings.length);
    expect(readings.map(({ optionLogProbs }) => optionLogProbs)).toEqual(
      expected.map(({ optionLogProbs }) => optionLogProbs),
    );
  }, 120_000);

  it.each<Dialect>(['llama.cpp', 'completions'])(
    'asks %s for more where an option is not among the most probable tokens, and never takes it for zero',
    async (dialect) => {
      // Ten options, and a server that refuses to tell more than eight tokens.
      const miser = await start({ dialect, most: 8 });
      const { folder: written } = await runSmall(served([miser]), {
        settings: { ...settings, items: ['Q164'], readings: ['letter'] },
      });
      const readings = await readReadings(`${written}/served`);
      expect(new Set(readings.map(({ status, reason }) => `${status}: ${reason}`))).toEqual(
        new Set(['unscored: the server does not tell the log-probability of every option']),
      );
      expect(miser.asked()).toBeGreaterThan(2 * readings.length);
    },
    60_000,
  );

  it('goes on where a server failed, and needs none when nothing is left', async () => {
    const runsFolder = newFolder();
    const gone = await start({ dialect: 'sglang', fault: (request) => (request === 22 ? 'closed' : null) });
    const impatient = { concurrency: 1, model: 'the-model' };
    const settingsOfLetters = { ...settings, readings: ['letter'] as const };
    await expect(
      runSmall(served([gone], impatient), { settings: settingsOfLetters, runsFolder }),
    ).rejects.toThrow(
      /1 attempts failed, the last with "503 .*only\. .*repeat the command: what is stored stays/s,
    );
    const stored = await readReadings(`${runsFolder}/small/served`);
    expect(stored.length).toBeGreaterThan(0);
    const back = await start({ dialect: 'sglang' });
    await runSmall(served([back], impatient), { settings: settingsOfLetters, runsFolder });
    expect(await readReadings(`${runsFolder}/small/served`)).toHaveLength(24);
    const address = back.address;
    await Promise.all(running.splice(0).map((server) => server.close()));
    const said: string[] = [];
    await runSmall(
      { ...served([], impatient), endpoint: address },
      { settings: settingsOfLetters, runsFolder, onMessage: (line) => said.push(line) },
    );
    expect(said).toEqual(['served: all 24 readings were stored before; the model was not loaded.']);
  }, 120_000);

  it('does not go on where a server was started again with other weights under the same name', async () => {
    const runsFolder = newFolder();
    const letters = { ...settings, readings: ['letter'] as const };
    const before = await start({ dialect: 'sglang', fault: (request) => (request > 22 ? 'closed' : null) });
    const stopped = runSmall(served([before], { concurrency: 1 }), { settings: letters, runsFolder });
    await expect(stopped).rejects.toThrow('attempts failed');
    const quantised = await start({ dialect: 'sglang', shift: 0.2 });
    await expect(runSmall(served([quantised]), { settings: letters, runsFolder })).rejects.toThrow(
      /the server answers otherwise than when the run began: .*Readings of two models are never mixed/s,
    );
    const elsewhere = await start({ dialect: 'sglang', weights: 'another/path' });
    await expect(runSmall(served([elsewhere]), { settings: letters, runsFolder })).rejects.toThrow(
      'the model files changed since it began',
    );
  }, 120_000);

  it('counts a prompt that is too long for the server as unscored, and asks the others', async () => {
    const server = await start({ dialect: 'vllm', context: 60 });
    const { folder: written } = await runSmall(served([server]), {
      settings: { ...settings, readings: ['letter'] },
    });
    const readings = await readReadings(`${written}/served`);
    const unscored = readings.filter(({ status }) => status === 'unscored');
    expect(unscored.length).toBeGreaterThan(0);
    expect(unscored.length).toBeLessThan(readings.length);
    expect(unscored[0]?.reason).toMatch(
      /^the prompt has \d+ tokens, the server has room for 60 with the answer$/,
    );
  }, 60_000);
});
