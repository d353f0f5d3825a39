import { existsSync, readFileSync } from 'node:fs';
import { runProcess } from '../python/run-process.js';
import { canLoad } from './can-load.js';

/** The NVIDIA driver of a machine, as far as it can be told. */
export interface NvidiaDriver {
  /** "580.95.05"; null where no driver answers. */
  readonly version: string | null;
  /** Empty where nvidia-smi does not tell. */
  readonly gpus: readonly Gpu[];
  /** Whether the dynamic loader finds libcuda.so.1, through which programs reach the driver. */
  readonly hasLibrary: boolean;
}

export interface Gpu {
  readonly name: string;
  /** Compute capability: 8.9, 12.0. */
  readonly computeCapability: number;
}

const KERNEL_MODULE = '/proc/driver/nvidia/version';
const QUERY = ['--query-gpu=driver_version,compute_cap,name', '--format=csv,noheader'];

/** Asks nvidia-smi, the kernel module and the dynamic loader. */
export async function readNvidiaDriver(environment: NodeJS.ProcessEnv = process.env): Promise<NvidiaDriver> {
  const said = await askNvidiaSmi(environment);
  const { version, gpus } = parseNvidiaSmi(said);
  return {
    version:
      version ?? parseKernelModule(existsSync(KERNEL_MODULE) ? readFileSync(KERNEL_MODULE, 'utf8') : ''),
    gpus,
    hasLibrary: await canLoad('libcuda.so.1'),
  };
}

/** Takes the lines of `nvidia-smi --query-gpu=driver_version,compute_cap,name` apart; one that is none of these counts for nothing. */
export function parseNvidiaSmi(text: string): { readonly version: string | null; readonly gpus: Gpu[] } {
  const rows = text
    .split('\n')
    .map((line) => /^([\d.]+), (\d+\.\d+), (.+)$/.exec(line.trim()))
    .filter((row) => row !== null);
  return {
    version: rows[0]?.[1] ?? null,
    gpus: rows.map(([, , computeCapability, name]) => ({
      name: name ?? '',
      computeCapability: Number(computeCapability),
    })),
  };
}

/** The version in what the kernel module says of itself: "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.95.05  ...". */
export function parseKernelModule(text: string): string | null {
  return /^NVRM version:.*?\s(\d+\.\d+(?:\.\d+)?)\s/m.exec(text)?.[1] ?? null;
}

async function askNvidiaSmi(environment: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { status, standardOutput } = await runProcess('nvidia-smi', QUERY, {
      environment,
      timeoutMilliseconds: 30_000,
    });
    return status === 0 ? standardOutput : '';
  } catch {
    return '';
  }
}
