import { InputError } from '../files/input-error.js';
import { type HubId, parseHubId } from '../hub/hub-id.js';

/** The revision of `--revision <revision>`, for help texts. */
export const REVISION_OPTION = 'branch, tag or commit of a model of the hub (default: main)';

/**
 * The model of the hub that a command is asked for: "org/name" or "org/name@revision".
 *
 * @param option the value of --revision, where it was given
 * @throws InputError for what the hub cannot have, and for two different revisions
 */
export function hubArgument(given: string, option: string | undefined): HubId {
  const { id, revision } = parseHubId(given);
  if (revision !== undefined && option !== undefined && revision !== option) {
    throw new InputError(
      `Reading the model ${given}: --revision says "${option}" and the id "${revision}". Expected one of them: leave one out.`,
    );
  }
  const chosen = revision ?? option;
  return { id, ...(chosen === undefined ? {} : { revision: chosen }) };
}
