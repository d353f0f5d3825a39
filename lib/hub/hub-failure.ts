import { InputError } from '../files/input-error.js';

/** Why a request to the hub brought nothing. */
export interface FailureFacts {
  /** What was found, in plain words. */
  readonly problem: string;
  /** What the user can do. */
  readonly wayOut: string;
  /** Whether the same request may succeed a little later. */
  readonly isPassing: boolean;
  /** Seconds after which the server wants to be asked again; null if it does not say. */
  readonly retryAfter?: number | null;
}

/** A request that failed; {@link asInputError} makes a message of it once nothing is left to try. */
export class HubFailure extends Error {
  override readonly name = 'HubFailure';
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts) {
    super(facts.problem);
    this.facts = facts;
  }
}

/** @param doing for example "Fetching onnx-community/x" */
export function asInputError(doing: string, { facts }: HubFailure): InputError {
  return new InputError(`${doing}: ${facts.problem}. ${facts.wayOut}`);
}

/** The user stopped a download; what has arrived stays for the next call. */
export class FetchInterrupted extends Error {
  override readonly name = 'FetchInterrupted';
}
