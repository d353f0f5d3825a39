import { InputError } from '../files/input-error.js';

/** Which model of the hub is meant, as people write it. */
export interface HubId {
  /** "org/name" */
  readonly id: string;
  /** Branch, tag or commit; absent for "main". */
  readonly revision?: string;
}

// What the hub allows as the name of an organisation or a repository; "--" divides them in cache folders.
const PART = /^[A-Za-z0-9](?!.*(--|\.\.))[\w.-]*$/;
const LONGEST_ID = 96;
// A revision becomes a file below refs/, so nothing in it may lead elsewhere.
const REVISION = /^[\w][\w.+-]*(\/[\w][\w.+-]*)*$/;
const COMMIT = /^[0-9a-f]{40}$/;

/**
 * Reads "org/name" or "org/name@revision".
 *
 * @throws InputError for anything else
 */
export function parseHubId(text: string): HubId {
  const [id = '', ...rest] = text.split('@');
  const revision = rest.length === 0 ? undefined : rest.join('@');
  checkHubId({ id, revision });
  return { id, ...(revision === undefined ? {} : { revision }) };
}

/** @throws InputError when a model's id or revision is none that the hub can have */
export function checkHubId({
  id,
  revision,
}: {
  readonly id: string;
  readonly revision?: string | undefined;
}): void {
  const [organisation = '', name, ...rest] = id.split('/');
  if (name === undefined && PART.test(organisation)) {
    throw new InputError(
      `Reading the model id "${id}": it names no organisation. Expected org/name, as the model's page on the hub shows it, for ` +
        `example onnx-community/${id}.`,
    );
  }
  if (
    name === undefined ||
    rest.length > 0 ||
    id.length > LONGEST_ID ||
    ![organisation, name].every((part) => PART.test(part))
  ) {
    throw new InputError(
      `Reading the model id "${id}": it is none of the hub's. Expected org/name or org/name@revision (letters, digits, "-", "_", ` +
        '"."), without the address of the hub: for example onnx-community/Qwen2.5-0.5B-Instruct.',
    );
  }
  if (revision !== undefined && !REVISION.test(revision)) {
    throw new InputError(
      `Reading the revision "${revision}" of ${id}: it is none that the hub can have. Expected a branch, a tag or a commit, for example main.`,
    );
  }
}

/** Whether a revision is a commit, which never changes, and not a branch or tag. */
export function isCommit(revision: string): boolean {
  return COMMIT.test(revision);
}
