import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { EncodedPrompt, PromptFormat } from '../../../lib/types.js';
import { floatingPointOperations } from '../cost/floating-point-operations.js';
import { readModelShape } from '../cost/model-shape.js';
import type { MatMulRequest } from '../matmul/matmul-speed.js';
import type { Peer, PreparedPeer } from '../peers/peers.js';
import { distinctTokens } from '../prompts/prompt-tree.js';
import type { MeasuredPeer, PeerRequest, PeerResult, RunSetting } from '../records.js';
import { programPath, resultsPath, weightsFile, weightsPath } from '../setup/bench-folders.js';
import { runStep, sayProgress } from '../setup/run-step.js';

/** Prompts of this many items, from the first, decide between batch sizes or numbers of slots. */
const TRIAL_ITEMS = 2;

/** The prompts that a peer reads, in memory and as the file that its program reads. */
export interface PromptSet {
  readonly format: PromptFormat;
  readonly prompts: readonly EncodedPrompt[];
  readonly file: string;
}

/** A measured peer with its numbers, which are compared and then dropped. */
export interface Measurement {
  readonly measured: Omit<MeasuredPeer, 'difference'>;
  readonly optionLogProbs: PeerResult['optionLogProbs'];
}

/** Writes the prompts once, for all peers. */
export function writePrompts(
  name: string,
  format: PromptFormat,
  prompts: readonly EncodedPrompt[],
): PromptSet {
  const file = resultsPath('work', `${name}-${format}.prompts.json`);
  mkdirSync(resultsPath('work'), { recursive: true });
  writeFileSync(file, JSON.stringify(prompts));
  return { format, prompts, file };
}

/**
 * Measures one peer: the fastest setting is found on a few prompts, then measured on all of them in a process of its
 * own, so that its peak memory is that of this setting; then onnxruntime's MatMul at the same shapes and rows.
 *
 * @throws InputError when the peer cannot be prepared or its program fails
 */
export async function measurePeer(peer: Peer, set: PromptSet, repeats: number | null): Promise<Measurement> {
  const prepared = await peer.prepare();
  const trials = await tryOut(peer, prepared, set);
  const fastest = [...trials].sort((one, other) => other.promptsPerSecond - one.promptsPerSecond)[0];
  const count = set.prompts.length;
  const expected = fastest === undefined ? '' : `, about ${Math.ceil(count / fastest.promptsPerSecond)} s`;
  sayProgress(`${peer.label}: ${count} prompts, ${set.format}${expected} ...`);
  const settings = prepared
    .settings(lengthsOf(set.prompts))
    .filter(({ label }) => fastest === undefined || label === fastest.setting);
  const result = await runPeer(peer, prepared, set, {
    count,
    settings,
    repeats: repeats ?? peer.repeats,
  });
  const [setting] = result.settings;
  if (setting === undefined) {
    throw new Error(`${peer.label} measured nothing`);
  }
  const shape = readModelShape(weightsPath('hf'));
  return {
    measured: {
      peer: peer.name,
      label: peer.label,
      format: set.format,
      prompts: count,
      setting: setting.label,
      version: result.version,
      trials,
      seconds: setting.seconds,
      work: result.work,
      distinctTokens: distinctTokens(set.prompts.map((prompt) => prompt.tokenIds)),
      floatingPointOperations: floatingPointOperations(shape, result.work),
      matMulPerSecond: await matMulPerSecond({ shape, rows: Math.round(result.work.tokensPerRun) }),
      planSeconds: result.planSeconds,
      peakMemoryBytes: result.peakMemoryBytes,
      weightsBytes: statSync(weightsFile(peer.weights)).size,
      notes: result.notes,
    },
    optionLogProbs: result.optionLogProbs,
  };
}

/** Paces of a peer's settings on the first prompts; none where there is one setting only. */
async function tryOut(peer: Peer, prepared: PreparedPeer, set: PromptSet): Promise<MeasuredPeer['trials']> {
  const variables = [...new Set(set.prompts.map(({ prompt }) => prompt.variable))].slice(0, TRIAL_ITEMS);
  const count = set.prompts.filter(({ prompt }) => variables.includes(prompt.variable)).length;
  const settings = prepared.settings(lengthsOf(set.prompts.slice(0, count)));
  if (settings.length < 2) {
    return [];
  }
  sayProgress(
    `${peer.label}: trying ${settings.map(({ label }) => label).join(', ')} on ${count} prompts ...`,
  );
  const result = await runPeer(peer, prepared, set, { count, settings, repeats: 1 });
  const trials = result.settings.map(({ label, seconds }) => ({
    setting: label,
    promptsPerSecond: count / Math.min(...seconds),
  }));
  sayProgress(
    `  ${trials.map(({ setting, promptsPerSecond }) => `${setting} ${promptsPerSecond.toFixed(1)}/s`).join(', ')}`,
  );
  return trials;
}

async function runPeer(
  peer: Peer,
  prepared: PreparedPeer,
  set: PromptSet,
  parts: { readonly count: number; readonly settings: readonly RunSetting[]; readonly repeats: number },
): Promise<PeerResult> {
  const request: PeerRequest = {
    prompts: set.file,
    ...parts,
    ...(prepared.server === undefined ? {} : { program: prepared.server }),
  };
  return runProgram<PeerResult>(`Measuring ${peer.label}`, prepared.command, request);
}

/** The faster of two measurements: another process that takes the processor meanwhile must not make a peer look good. */
async function matMulPerSecond(request: MatMulRequest): Promise<number> {
  const measure = (): Promise<number> =>
    runProgram<number>(
      "Measuring onnxruntime's MatMul",
      [process.execPath, programPath('matmul', 'matmul-speed.js')],
      request,
    );
  return Math.max(await measure(), await measure());
}

/** Runs a program that reads a request and writes an answer, both as JSON files; the file names are its last arguments. */
export async function runProgram<Answer>(
  what: string,
  [program = '', ...given]: readonly string[],
  request: object,
): Promise<Answer> {
  const requestFile = resultsPath('work', 'request.json');
  const answerFile = resultsPath('work', 'answer.json');
  mkdirSync(resultsPath('work'), { recursive: true });
  writeFileSync(requestFile, JSON.stringify(request));
  await runStep({ what, program, arguments: [...given, requestFile, answerFile] });
  return JSON.parse(readFileSync(answerFile, 'utf8')) as Answer;
}

function lengthsOf(prompts: readonly EncodedPrompt[]): number[] {
  return prompts.map((prompt) => prompt.tokenIds.length);
}
