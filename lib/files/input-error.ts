/**
 * Something that the user gave (a file, a setting, a model folder) cannot be used.
 *
 * The message says what was being done, which file, field or row, what was found, what was expected and the way out.
 * Doors print it without a stack trace.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
