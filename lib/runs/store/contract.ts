/**
 * The number that a run folder and the code must agree on.
 *
 * Raise it when code of the old number would misread a new folder, or new code an old folder: a column's name, type
 * or meaning changes, a manifest field is added, removed or means something else, a file moves. Do not raise it for
 * a change of numbers (that is what the run's identity is for) or of messages.
 */
export const STORE_CONTRACT = 2;
