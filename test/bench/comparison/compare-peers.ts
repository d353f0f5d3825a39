import { projectPath } from '../../../lib/files/data-folder.js';
import { messageOf } from '../../../lib/files/input-error.js';
import { findTemplate, loadTemplates } from '../../../lib/prompts/templates.js';
import type { Item, PromptFormat } from '../../../lib/types.js';
import { type MachineFacts, machineFacts } from '../machine-facts.js';
import { choosePeers, type Peer, type PeerName } from '../peers/peers.js';
import { askableItems, benchPrompts, promptGroups, sampleItems } from '../prompts/bench-prompts.js';
import { type TailLengths, tailLengths } from '../prompts/prompt-tree.js';
import type { FailedPeer, MeasuredPeer } from '../records.js';
import { weightsPath } from '../setup/bench-folders.js';
import { requireWeights } from '../setup/require-weights.js';
import { sayProgress } from '../setup/run-step.js';
import { compareLogProbs } from './differences.js';
import { type Measurement, measurePeer, type PromptSet, writePrompts } from './measure-peer.js';

const COUNTRIES = 55;
/** Whose numbers the others are compared with: the first of these that was measured. */
const REFERENCES: readonly PeerName[] = ['transformers', 'ort', 'ours'];

/** What is compared. */
export interface ComparisonSettings {
  readonly peers: readonly PeerName[];
  readonly formats: readonly PromptFormat[];
  /** Variables that every peer reads; null for the sample of `npm run check:real`. */
  readonly items: readonly string[] | null;
  /** Whether culture-lens also reads every item that can be asked. */
  readonly wholeSurvey: boolean;
  /** How often each peer is measured; null for each peer's own number. */
  readonly repeats: number | null;
}

/** What the prompts are: fixed before anything is measured. */
export interface PromptFacts {
  readonly format: PromptFormat;
  readonly template: string;
  readonly templateText: string;
  readonly items: readonly string[];
  readonly countries: number;
  readonly orders: readonly string[];
  readonly prompts: number;
  readonly shortest: number;
  readonly longest: number;
  /** Mean tokens of a prompt. */
  readonly mean: number;
  readonly tails: TailLengths;
}

/** Everything that a run of the benchmark found. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly model: 'SmolLM2-135M-Instruct';
  readonly machine: MachineFacts;
  readonly settings: ComparisonSettings;
  readonly prompts: readonly PromptFacts[];
  readonly measured: readonly MeasuredPeer[];
  readonly failed: readonly FailedPeer[];
}

/**
 * Measures the peers one after the other on the same prompts, each in a process of its own.
 *
 * A peer that fails is named with its reason, and the others go on.
 *
 * @throws InputError for an unknown item, or when the model's weights have not been made
 */
export async function comparePeers(
  settings: ComparisonSettings,
  onPrompts: (facts: PromptFacts) => void,
): Promise<Comparison> {
  const machine = machineFacts();
  const peers = choosePeers(settings.peers);
  requireWeights(['hf', 'plain-fp32', 'genai-fp32']);
  const sample = sampleItems(settings.items);
  const prompts: PromptFacts[] = [];
  const measured: MeasuredPeer[] = [];
  const failed: FailedPeer[] = [];
  for (const format of settings.formats) {
    const sets = [{ set: promptSet('sample', format, sample), peers, repeats: settings.repeats }];
    if (settings.wholeSurvey) {
      const whole = promptSet('whole-survey', format, askableItems());
      const ours = peers.filter((peer) => peer.name === 'ours');
      // So many prompts that one reading of them is a long measurement.
      sets.push({ set: whole, peers: ours, repeats: settings.repeats ?? 1 });
    }
    for (const { set } of sets) {
      prompts.push(factsOf(set));
      onPrompts(factsOf(set));
    }
    for (const { set, peers: readers, repeats } of sets) {
      const results = await measureAll(readers, set, repeats);
      measured.push(...withDifferences(results.measurements));
      failed.push(...results.failed);
    }
  }
  return { kind: 'comparison', model: 'SmolLM2-135M-Instruct', machine, settings, prompts, measured, failed };
}

async function measureAll(
  peers: readonly Peer[],
  set: PromptSet,
  repeats: number | null,
): Promise<{ measurements: Measurement[]; failed: FailedPeer[] }> {
  const measurements: Measurement[] = [];
  const failed: FailedPeer[] = [];
  for (const peer of peers) {
    try {
      measurements.push(await measurePeer(peer, set, repeats));
    } catch (error) {
      const reason = messageOf(error);
      sayProgress(`${peer.label} could not be measured: ${reason}`);
      failed.push({
        peer: peer.name,
        label: peer.label,
        format: set.format,
        reason: withoutOwnPaths(reason),
      });
    }
  }
  return { measurements, failed };
}

/** What is saved is read elsewhere: paths are from the project's folder, Node is `node`. */
function withoutOwnPaths(text: string): string {
  return text.replaceAll(`${projectPath()}/`, '').replaceAll(process.execPath, 'node');
}

function withDifferences(measurements: readonly Measurement[]): MeasuredPeer[] {
  const reference = REFERENCES.flatMap(
    (name) => measurements.find(({ measured }) => measured.peer === name) ?? [],
  )[0];
  return measurements.map((one) => ({
    ...one.measured,
    difference:
      reference === undefined || one === reference
        ? null
        : compareLogProbs(
            { name: reference.measured.label, logProbs: reference.optionLogProbs },
            one.optionLogProbs,
          ),
  }));
}

function promptSet(name: string, format: PromptFormat, items: readonly Item[]): PromptSet {
  const choice = { items, countries: COUNTRIES, orders: ['given'] as const, format };
  return writePrompts(name, format, benchPrompts(weightsPath('hf'), choice));
}

function factsOf({ prompts, format }: PromptSet): PromptFacts {
  const book = loadTemplates();
  const lengths = prompts.map((prompt) => prompt.tokenIds.length);
  return {
    format,
    template: book.default,
    templateText: findTemplate(book, book.default).text,
    items: [...new Set(prompts.map(({ prompt }) => prompt.variable))],
    countries: COUNTRIES,
    orders: ['given'],
    prompts: prompts.length,
    shortest: lengths.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY),
    longest: lengths.reduce((one, other) => Math.max(one, other), 0),
    mean: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
    tails: tailLengths(promptGroups(prompts)),
  };
}
