import type { GraphWish } from '../inference/choose-graph.js';
import type { LogOrigin, ModelOrigin } from '../types.js';

/** A model of a study: a folder, a repository of the hub, servers, readings that were recorded, or another program's log. */
export type StudyModel = FolderModel | HubModel | EndpointModel | RecordedModel | LogModel;

/** A model that needs no fetching. */
export type LocalModel = Exclude<StudyModel, HubModel>;

/** A model that is run from a folder; of several graphs in it the wish says which. */
export interface FolderModel extends GraphWish {
  readonly name: string;
  /** Model folder, absolute or relative to the project. */
  readonly folder: string;
  /** Folder of recorded readings that its own are compared with when they are there. */
  readonly compareWith?: string | undefined;
  /** Where the folder was fetched from. No part of a study file: a study names the repository instead. */
  readonly origin?: ModelOrigin;
}

/** A model of the Hugging Face hub, which is fetched before anything is asked; of several graphs in it the wish says which. */
export interface HubModel extends GraphWish {
  readonly name: string;
  /** Repository: "organisation/name". */
  readonly hub: string;
  /** Branch, tag or commit; "main" by default. Results name the commit. */
  readonly revision?: string | undefined;
  /** Folder of recorded readings that its own are compared with when they are there. */
  readonly compareWith?: string | undefined;
}

/** A model that one or several servers run. */
export interface EndpointModel {
  readonly name: string;
  /** Address, "http://127.0.0.1:8000", or several of servers of the same model, which share the work. */
  readonly endpoint: string | readonly string[];
  /** Folder with the model's tokenizer.json and tokenizer_config.json, absolute or relative to the project. */
  readonly tokenizer: string;
  /** Name under which the model is served; the only one by default. */
  readonly model?: string | undefined;
  /** Prompts that each server has before it at a time; 8 by default. */
  readonly concurrency?: number | undefined;
  /** A prompt without an answer is given up and tried again after so many seconds; 120 by default. */
  readonly timeoutSeconds?: number | undefined;
  /** Environment variable that holds the servers' key; CULTURE_LENS_API_KEY by default. The key itself is stored nowhere. */
  readonly keyVariable?: string | undefined;
  /** Folder of recorded readings that its own are compared with when they are there. */
  readonly compareWith?: string | undefined;
}

/** A model whose recorded readings stand in for it. */
export interface RecordedModel {
  readonly name: string;
  /** Folder of the recording, absolute or relative to the project. */
  readonly readings: string;
}

/** A model that another program asked. No part of a study file: the log is imported, and the import makes the study. */
export interface LogModel {
  readonly name: string;
  /** The log that its readings are taken from. */
  readonly log: LogOrigin;
}
