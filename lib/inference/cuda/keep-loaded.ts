/**
 * Loads a shared library into this process for good, so that a library loaded later finds it by its name.
 *
 * One that cannot be loaded is passed over: who needs it then names it. Stands alone, because a child process is handed its
 * source.
 *
 * @param library path of the file
 */
export function keepLoaded(library: string): void {
  const [lazily, neverUnload] = [0x1, 0x1000];
  try {
    // Node throws at a library that is no addon and closes it again; the second flag (RTLD_NODELETE) keeps it all the same.
    process.dlopen({ exports: {} }, library, lazily | neverUnload);
  } catch {
    // Either what has just been said, or the library cannot be loaded.
  }
}
