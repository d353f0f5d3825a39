/** The package whose wheels hold the CUDA provider. */
export const PROVIDER_PACKAGE = 'onnxruntime-gpu';

/** What a wheel asks for, in the words of its metadata. */
export interface Requirement {
  readonly name: string;
  /** As pip takes it: "nvidia-cufft~=12.0". */
  readonly words: string;
}

/** The parts of a package's metadata that name shared libraries of CUDA. */
const EXTRAS = new Set(['cuda', 'cudnn']);

/**
 * NVIDIA's packages among the lines `Requires-Dist` of a wheel: those always needed, and those of the extras "cuda" and
 * "cudnn". What else a wheel asks for is Python code, which a shared library has no use for.
 */
export function nvidiaRequirements(lines: readonly string[]): Requirement[] {
  return lines.flatMap((line) => {
    const [specification = '', marker = ''] = line.split(';');
    const words = specification.replaceAll(/[\s()]/g, '');
    const name =
      /^[\w.-]+/
        .exec(words)?.[0]
        ?.toLowerCase()
        .replaceAll(/[-_.]+/g, '-') ?? '';
    const extra = /extra\s*==\s*["']([\w-]+)["']/.exec(marker)?.[1];
    const wanted = name.startsWith('nvidia-') && (extra === undefined || EXTRAS.has(extra));
    return wanted ? [{ name, words }] : [];
  });
}
