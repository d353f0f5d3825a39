import { cudaLibraries } from './cuda-libraries.js';
import { keepLoaded } from './keep-loaded.js';

/**
 * To be called before the first CUDA session of a process: afterwards onnxruntime finds NVIDIA's libraries, and float32 is
 * float32. Repeating it costs nothing.
 *
 * The libraries lie in a folder that the dynamic loader does not search, and LD_LIBRARY_PATH counts only when it is set
 * before a process starts: so they are loaded here, and the loader takes them by name.
 */
export function prepareCuda(): void {
  // From Ampere on, float32 products are rounded to TF32 unless this forbids it; onnxruntime-node has no option for it.
  // The libraries read it at their first use, and Node writes it through to the process's real environment.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0';
  for (const library of cudaLibraries()) {
    keepLoaded(library);
  }
}
