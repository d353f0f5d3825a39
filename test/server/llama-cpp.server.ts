import { mkdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summaryTables } from '../../lib/cli/tables/summary-tables.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { runStudy } from '../../lib/runs/run-study.js';
import { readReadings } from '../../lib/runs/store/index.js';
import { makeStudy, type StudySettings } from '../../lib/runs/study.js';
import type { StudyModel } from '../../lib/runs/study-models.js';
import type { Summary } from '../../lib/runs/summary/summary-record.js';
import type { Reading } from '../../lib/types.js';
import { type LlamaServer, startLlamaServer } from '../bench/peers/llama-server.js';
import { weightsPath } from '../bench/setup/bench-folders.js';
import { type LlamaCpp, prepareLlamaCpp } from '../bench/setup/llama-cpp.js';
import { preparePython } from '../bench/setup/python-environment.js';
import { requireWeights } from '../bench/setup/require-weights.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';

requireWeights(['hf', 'genai-fp32']);

// float32 weights, float32 cache, no flash attention on both sides: rounding alone.
const TOLERANCE = 1e-3;
const EVERY_TWENTIETH = 20;
const runsFolder = projectPath('test', 'results', 'server', 'runs');
const tokenizer = weightsPath('hf');

let program: LlamaCpp;
const running: { close(): Promise<void> }[] = [];

async function serve(model: string, slots: number): Promise<LlamaServer> {
  const server = await startLlamaServer({ program: program.program, model, slots });
  running.push(server);
  return server;
}

interface Asked {
  readonly summary: Summary;
  readonly readings: ReadonlyMap<string, Reading[]>;
  readonly seconds: number;
}

async function ask(
  id: string,
  models: readonly StudyModel[],
  settings: Partial<StudySettings>,
): Promise<Asked> {
  const started = performance.now();
  const { summary, folder } = await runStudy({
    study: makeStudy({ id, title: id, models, settings: { provider: 'cpu', ...settings } }),
    runsFolder,
    onProgress: () => {},
    onMessage: (line) => console.log(line),
    signal: new AbortController().signal,
    command: 'a check against a real server',
  });
  const readings = new Map<string, Reading[]>();
  for (const { name } of models) {
    const keyOf = ({ variable, country, order }: Reading): string => `${variable} ${country} ${order}`;
    const own = await readReadings(`${folder}/${name}`);
    expect(new Set(own.map(keyOf)).size).toBe(own.length);
    readings.set(
      name,
      own.sort((one, other) => keyOf(one).localeCompare(keyOf(other))),
    );
  }
  return { summary, readings, seconds: (performance.now() - started) / 1000 };
}

function differences(one: readonly Reading[] = [], other: readonly Reading[] = []): number[] {
  expect(one.length).toBe(other.length);
  return one
    .flatMap(({ optionLogProbs }, row) =>
      optionLogProbs.map((logProb, option) =>
        Math.abs(logProb - (other[row]?.optionLogProbs[option] ?? Number.NaN)),
      ),
    )
    .sort((a, b) => a - b);
}

const nats = (values: readonly number[]): string =>
  `median ${values[values.length >> 1]?.toExponential(1)}, largest ${values.at(-1)?.toExponential(1)} nats`;

beforeAll(async () => {
  rmSync(runsFolder, { recursive: true, force: true });
  mkdirSync(runsFolder, { recursive: true });
  program = await prepareLlamaCpp(await preparePython());
});
afterAll(async () => {
  for (const server of running.splice(0).reverse()) {
    await server.close();
  }
});

describe("llama.cpp's own server with SmolLM2-135M-Instruct", () => {
  it('says in float32 what the ONNX export says, and in 4 bits something near it', async () => {
    const wide = await serve(program.model, 4);
    const small = await serve(weightsPath('gguf', 'SmolLM2-135M-Instruct.Q4_1.gguf'), 4);
    const { summary, readings } = await ask(
      'served',
      [
        { name: 'onnx-fp32', folder: weightsPath('genai-fp32') },
        { name: 'llama.cpp-f32', endpoint: wide.address, tokenizer, concurrency: 4 },
        { name: 'llama.cpp-Q4_1', endpoint: small.address, tokenizer, concurrency: 4 },
      ],
      { items: 'sample-24' },
    );
    const own = readings.get('onnx-fp32');
    const inFloat32 = differences(readings.get('llama.cpp-f32'), own);
    const inFourBits = differences(readings.get('llama.cpp-Q4_1'), own);
    console.log(`float32 GGUF against ONNX: ${nats(inFloat32)}\nQ4_1 GGUF against ONNX: ${nats(inFourBits)}`);
    console.log(summaryTables(summary).split('\n').slice(0, 40).join('\n'));
    expect(inFloat32.at(-1)).toBeLessThan(TOLERANCE);
    // Another model, and near: the comparison above could fail.
    expect(inFourBits.at(-1)).toBeGreaterThan(TOLERANCE);
    expect(own?.every(({ status }) => status === 'scored')).toBe(true);
  });

  it('as three replicas behind faults gives every reading once, equal to one without faults', async () => {
    const proxies: FaultProxy[] = [];
    const servers = [];
    for (let replica = 0; replica < 3; replica += 1) {
      const server = await serve(program.model, 1);
      servers.push(server);
      const proxy = await startFaultProxy(server.address, { every: EVERY_TWENTIETH, slowSeconds: 40 });
      proxies.push(proxy);
      running.push(proxy);
    }
    const settings = { items: ['Q6', 'Q57', 'Q164', 'Q199'] };
    const [alone] = servers;
    const calm = await ask(
      'one-replica',
      [{ name: 'm', endpoint: alone?.address ?? '', tokenizer, concurrency: 1 }],
      settings,
    );
    const endpoint = proxies.map(({ address }) => address);
    const faulty = await ask(
      'three-replicas',
      [{ name: 'm', endpoint, tokenizer, concurrency: 1, timeoutSeconds: 30 }],
      settings,
    );
    const apart = differences(faulty.readings.get('m'), calm.readings.get('m'));
    const count = calm.readings.get('m')?.length ?? 0;
    const made = proxies.map((proxy) => Object.values(proxy.made).reduce((sum, one) => sum + one, 0));
    console.log(
      `${count} prompts: one replica ${(count / calm.seconds).toFixed(1)}/s, three on the same cores with ${made.join(' + ')} faults ` +
        `${(count / faulty.seconds).toFixed(1)}/s; ${nats(apart)}`,
    );
    expect(made.every((faults) => faults > 5)).toBe(true);
    expect(faulty.readings.get('m')?.every(({ status }) => status === 'scored')).toBe(true);
    // A server's prefix cache changes the order of its sums.
    expect(apart.at(-1)).toBeLessThan(TOLERANCE);
  });
});
