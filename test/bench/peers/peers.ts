import { basename } from 'node:path';
import { equalLengthBatches } from '../prompts/equal-length-batches.js';
import type { RunSetting } from '../records.js';
import { benchPath, programPath, type WeightsFolder, weightsPath } from '../setup/bench-folders.js';
import { prepareLlamaCpp } from '../setup/llama-cpp.js';
import { preparePython } from '../setup/python-environment.js';
import { installTransformersJs, layOutForTransformersJs } from '../setup/transformers-js.js';

/** In the order in which they are measured. */
export const PEER_NAMES = ['ours', 'ort', 'transformers', 'lm-eval', 'llama.cpp', 'transformers.js'] as const;

export type PeerName = (typeof PEER_NAMES)[number];

/** A program that reads the option log-probabilities of prompts. */
export interface Peer {
  readonly name: PeerName;
  /** As the table names it. */
  readonly label: string;
  /** The form of the model that it reads. */
  readonly weights: WeightsFolder;
  readonly repeats: number;
  /** Installs and builds what is missing. */
  prepare(): Promise<PreparedPeer>;
}

/** A peer ready to run. */
export interface PreparedPeer {
  /** Program and arguments; the files of request and answer follow. */
  readonly command: readonly string[];
  /** Program that the peer itself starts, for the one that is a server. */
  readonly server?: string;
  /** Batch sizes or numbers of slots, among which the fastest is chosen. @param lengths tokens of each prompt */
  settings(lengths: readonly number[]): RunSetting[];
}

const BATCH_SIZES = [1, 2, 4, 8, 16];
const SLOTS = [1, 2, 4, 8];
const OUR_REPEATS = 3;

/** The peers named, in the order in which they are measured. */
export function choosePeers(names: readonly PeerName[]): Peer[] {
  return allPeers().filter((peer) => names.includes(peer.name));
}

function allPeers(): Peer[] {
  return [
    ours('plain-fp32'),
    ours('genai-fp32'),
    {
      name: 'ort',
      label: 'onnxruntime-node, whole prompts',
      weights: 'plain-fp32',
      repeats: 1,
      prepare: async () =>
        batchPeer(
          [process.execPath, programPath('peers', 'ort.js')],
          [weightsPath('plain-fp32'), weightsPath('genai-fp32')],
        ),
    },
    {
      name: 'transformers',
      label: 'transformers (PyTorch)',
      weights: 'hf',
      repeats: 1,
      prepare: async () =>
        batchPeer([await preparePython(), benchPath('peers', 'transformers_peer.py')], [weightsPath('hf')]),
    },
    {
      name: 'lm-eval',
      label: 'lm-evaluation-harness (HF)',
      weights: 'hf',
      repeats: 1,
      prepare: async () => ({
        command: [await preparePython(), benchPath('peers', 'lm_eval_peer.py')],
        settings: () =>
          [...BATCH_SIZES, 32].map((size) => ({
            label: `batch ${size}`,
            model: weightsPath('hf'),
            size,
            batches: [],
          })),
      }),
    },
    {
      name: 'llama.cpp',
      label: 'llama.cpp server',
      weights: 'hf',
      repeats: 1,
      prepare: async () => {
        const { program, model } = await prepareLlamaCpp(await preparePython());
        return {
          command: [process.execPath, programPath('peers', 'llama.js')],
          server: program,
          settings: () =>
            SLOTS.map((size) => ({
              label: `${size} slot${size === 1 ? '' : 's'}`,
              model,
              size,
              batches: [],
            })),
        };
      },
    },
    {
      name: 'transformers.js',
      label: '@huggingface/transformers',
      weights: 'plain-fp32',
      repeats: 1,
      prepare: async () => {
        await installTransformersJs();
        return batchPeer(
          [process.execPath, benchPath('transformers-js', 'peer.js')],
          [layOutForTransformersJs()],
        );
      },
    },
  ];
}

function ours(folder: WeightsFolder): Peer {
  return {
    name: 'ours',
    label: `culture-lens, ${folder}`,
    weights: folder,
    repeats: OUR_REPEATS,
    prepare: async () => ({
      command: [process.execPath, programPath('peers', 'ours.js')],
      settings: () => [{ label: 'as planned', model: weightsPath(folder), size: 0, batches: [] }],
    }),
  };
}

/** @param folders of the model; with several, each is tried */
function batchPeer(command: readonly string[], folders: readonly string[]): PreparedPeer {
  return {
    command,
    settings: (lengths) =>
      folders.flatMap((model) =>
        BATCH_SIZES.map((size) => ({
          label: `${folders.length > 1 ? `${basename(model)}, ` : ''}batch ${size}`,
          model,
          size,
          batches: equalLengthBatches(lengths, size),
        })),
      ),
  };
}
