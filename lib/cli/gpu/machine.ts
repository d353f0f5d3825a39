import { type NvidiaDriver, readNvidiaDriver } from './nvidia-driver.js';

/** What the checks before a set-up need to know of a machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** "2.36"; null where the C library is another one (musl). */
  readonly glibc: string | null;
  readonly driver: NvidiaDriver;
}

export async function readMachine(): Promise<Machine> {
  const report = process.report.getReport() as unknown as { header?: { glibcVersionRuntime?: string } };
  return {
    platform: process.platform,
    architecture: process.arch,
    glibc: report.header?.glibcVersionRuntime ?? null,
    driver: await readNvidiaDriver(),
  };
}
