import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { EncodedPrompt } from '../../../lib/types.js';
import { peakMemoryBytes } from './child-record.js';

/** Tokens that one slot holds: more than any prompt of the survey. */
const SLOT_TOKENS = 1024;
const START_SECONDS = 120;
/** With several slots the server has been seen to stop answering for good; one prompt takes a fraction of a second. */
const ANSWER_SECONDS = 60;

/** What the server tells about one prompt. */
export interface ServerAnswer {
  /** Log-probability of each option; null where it was not among those returned. */
  readonly optionLogProbs: readonly (number | null)[];
  /** Place of the least probable option among the tokens returned, from 0; null when one was missing. */
  readonly deepestOption: number | null;
  /** Whether the server told any log-probability. */
  readonly told: boolean;
  /** Tokens that it computed, and those that it had in its cache. */
  readonly computed: number;
  readonly cached: number;
}

/** A llama.cpp server of our own, started with an empty cache. */
export interface LlamaServer {
  readonly address: string;
  ask(prompt: EncodedPrompt, topTokens: number): Promise<ServerAnswer>;
  peakMemoryBytes(): number | null;
  close(): Promise<void>;
}

const completion = z.looseObject({
  completion_probabilities: z
    .array(z.looseObject({ top_logprobs: z.array(z.looseObject({ id: z.number(), logprob: z.number() })) }))
    // Left out where the most probable token ends the text: nothing is generated then, so nothing is told.
    .default([]),
  timings: z.looseObject({ prompt_n: z.number(), cache_n: z.number() }),
});

/**
 * Starts the server with float32 weights, float32 cache and its prefix cache on.
 *
 * @throws Error with the server's last lines when it does not come up
 */
export async function startLlamaServer(parts: {
  readonly program: string;
  readonly model: string;
  readonly slots: number;
}): Promise<LlamaServer> {
  const port = await freePort();
  const threads = String(availableParallelism());
  const child = spawn(
    parts.program,
    [
      ...['--model', parts.model, '--host', '127.0.0.1', '--port', String(port)],
      ...['--parallel', String(parts.slots), '--ctx-size', String(parts.slots * SLOT_TOKENS)],
      ...['--threads', threads, '--threads-batch', threads],
      // float32 throughout: with a float16 cache option log-probabilities move by .05.
      ...['--flash-attn', 'off', '--cache-type-k', 'f32', '--cache-type-v', 'f32'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let lastLines = '';
  child.stderr?.on('data', (text: Buffer) => {
    lastLines = (lastLines + text.toString()).slice(-2000);
  });
  const address = `http://127.0.0.1:${port}`;
  await untilReady(child, address, () => lastLines);
  return {
    address,
    ask: (prompt, topTokens) => ask(address, prompt, topTokens),
    peakMemoryBytes: () => (child.pid === undefined ? null : peakMemoryBytes(child.pid)),
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

async function ask(address: string, prompt: EncodedPrompt, topTokens: number): Promise<ServerAnswer> {
  const response = await fetch(`${address}/completion`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(1000 * ANSWER_SECONDS),
    body: JSON.stringify({
      prompt: prompt.tokenIds,
      n_predict: 1,
      n_probs: topTokens,
      temperature: -1,
      cache_prompt: true,
    }),
  });
  if (!response.ok) {
    throw new Error(`llama-server answered ${response.status}: ${await response.text()}`);
  }
  const { completion_probabilities: probabilities, timings } = completion.parse(await response.json());
  const top = probabilities[0]?.top_logprobs ?? [];
  const places = prompt.optionTokens.map(({ tokenId }) => top.findIndex(({ id }) => id === tokenId));
  return {
    optionLogProbs: places.map((place) => top[place]?.logprob ?? null),
    deepestOption: places.includes(-1) ? null : Math.max(...places),
    told: probabilities.length > 0,
    computed: timings.prompt_n,
    cached: timings.cache_n,
  };
}

async function untilReady(child: ChildProcess, address: string, lastLines: () => string): Promise<void> {
  for (let tenths = 0; tenths < 10 * START_SECONDS; tenths += 1) {
    if (child.exitCode !== null) {
      break;
    }
    const health = await fetch(`${address}/health`).catch(() => null);
    if (health?.ok === true) {
      return;
    }
    await wait(100);
  }
  child.kill();
  throw new Error(`llama-server did not start: ${lastLines()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
