import { runProcess } from '../python/run-process.js';

// Node refuses every library that is no addon: what it says tells whether the loader had found it.
const PROGRAM = `
  try { process.dlopen({ exports: {} }, process.argv[1]); } catch (error) {
    process.exit(/did not self-register/.test(error.message) ? 0 : 1);
  }
`;

/** Whether the dynamic loader finds a shared library by its name; tried in a child process, because libraries run code. */
export async function canLoad(library: string): Promise<boolean> {
  const { status } = await runProcess(process.execPath, ['-e', PROGRAM, library], {
    timeoutMilliseconds: 30_000,
  });
  return status === 0;
}
