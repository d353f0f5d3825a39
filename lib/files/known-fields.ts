import { z } from 'zod';
import { nearestWord } from './nearest-word.js';

/**
 * An object of these fields alone: the message for any other field names those that there are, and the one that may be meant.
 *
 * @param shape as for `z.strictObject`
 * @param untold fields that stand in the shape only in order to be refused with words of their own
 */
export function knownFields<T extends z.core.$ZodLooseShape>(
  shape: T,
  untold: readonly string[] = [],
): z.ZodObject<T, z.core.$strict> {
  const known = Object.keys(shape).filter((name) => !untold.includes(name));
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? unknownFields(issue.keys as readonly string[], known) : undefined,
  });
}

function unknownFields(unknown: readonly string[], known: readonly string[]): string {
  const asked = unknown.map((name) => {
    const near = nearestWord(name, known);
    return near === null ? `"${name}"` : `"${name}" (did you mean "${near}"?)`;
  });
  return `there is no field ${asked.join(', ')}; expected ${known.join(', ')}`;
}
