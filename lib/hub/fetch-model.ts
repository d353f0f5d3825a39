import { posix, resolve } from 'node:path';
import { folderOfGraph, type GraphDtype } from '../inference/choose-graph.js';
import { type CollectedFile, collectFiles, type FetchProgress } from './collect-files.js';
import { pathBelow } from './file-names.js';
import { snapshotOfHub, snapshotOnDisk } from './find-snapshot.js';
import { asInputError, FetchInterrupted, HubFailure } from './hub-failure.js';
import { checkHubId } from './hub-id.js';
import type { HubCaller } from './hub-request.js';
import { readHubSettings } from './hub-settings.js';
import { modelCache, ownPlace } from './model-place.js';
import { chooseFiles } from './wanted-files.js';

/** A model of the hub. */
export interface HubReference {
  /** "org/name" */
  readonly id: string;
  /** Branch, tag or commit; "main" by default. */
  readonly revision?: string | undefined;
  /** Form of the weights, told by the file's name. */
  readonly dtype?: GraphDtype | undefined;
  /** The graph itself, as a path in the repository. */
  readonly graph?: string | undefined;
}

/** A model that lies on this disk, whole and checked. */
export interface FetchedModel {
  /** Absolute: the folder that the model is opened from. */
  readonly folder: string;
  /** The graph, relative to `folder`, with "/" between folders. */
  readonly graph: string;
  /** The commit, 40 hexadecimal digits. */
  readonly revision: string;
  /** All files that belong to it, named as in the repository. */
  readonly files: readonly CollectedFile[];
  /** Bytes that came over the network in this call. */
  readonly downloadedBytes: number;
}

export interface FetchOptions {
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Told in plain words what goes otherwise than planned: another attempt, a lock that is waited for. */
  readonly onMessage?: (line: string) => void;
  /** A folder of the user's choice instead of the hub's cache. */
  readonly to?: string;
  /** Stops the download; what has arrived stays. */
  readonly signal?: AbortSignal;
  /** Variables that say where hub and cache are; those of this process by default. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Brings a model of the Hugging Face hub to this disk: one graph with its weights, configuration, tokenizer and chat template, all of
 * one commit, each file checked against the checksum that the hub lists. What is there already is not fetched again; an interrupted
 * download goes on where it ended.
 *
 * It honours HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_TOKEN, HF_TOKEN_PATH, HF_HUB_OFFLINE, TRANSFORMERS_OFFLINE and
 * HF_HUB_DOWNLOAD_TIMEOUT, as Python's huggingface_hub does, and shares its cache.
 *
 * @throws InputError when the model cannot be had, in plain words with the way out; FetchInterrupted when the signal said stop
 */
export async function fetchModel(reference: HubReference, options: FetchOptions = {}): Promise<FetchedModel> {
  const { id, revision = 'main', dtype, graph } = reference;
  checkHubId({ id, revision });
  const { onProgress = () => {}, onMessage = () => {}, signal } = options;
  const settings = readHubSettings(options.environment ?? process.env);
  const caller: HubCaller = { settings, asked: { id, revision }, signal };
  const cache = modelCache(settings.cache, id);
  const places = { cache, own: options.to === undefined ? null : ownPlace(options.to) };
  return explained(caller, async () => {
    const snapshot = settings.isOffline
      ? snapshotOnDisk(caller, places)
      : await snapshotOfHub(caller, places, onMessage);
    const { record, place } = snapshot;
    const names = record.files.map(({ name }) => name);
    const wanted = chooseFiles(names, { dtype, graph }, `${id} at ${record.revision}`);
    const collection = await collectFiles({ snapshot, wanted, caller, onProgress, onMessage });
    if (places.own === null && revision !== record.revision && !settings.isOffline) {
      // A cache that cannot be written serves as it is.
      await cache.remember(revision, record.revision).catch(() => undefined);
    }
    const folder = folderOfGraph(wanted.graph);
    return {
      folder: resolve(pathBelow(place.root, folder)),
      graph: posix.relative(folder, wanted.graph),
      revision: record.revision,
      ...collection,
    };
  });
}

/** Turns what can happen on the way into what the user can do. */
export async function explained<T>(caller: HubCaller, work: () => Promise<T>): Promise<T> {
  const { id } = caller.asked;
  try {
    return await work();
  } catch (error) {
    if (error instanceof FetchInterrupted || caller.signal?.aborted === true) {
      throw new FetchInterrupted(`Stopped: what has arrived of ${id} stays where it is.`);
    }
    throw error instanceof HubFailure ? asInputError(`Fetching ${id}`, error) : error;
  }
}
