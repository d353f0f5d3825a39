import { InputError } from '../../files/input-error.js';

/** sharp, which only developers install. @throws InputError when it is missing */
export async function loadSharp(): Promise<typeof import('sharp').default> {
  try {
    return (await import('sharp')).default;
  } catch {
    throw new InputError(
      'Drawing figures to PNG: the package sharp is missing. Run npm ci (without --omit=dev).',
    );
  }
}
