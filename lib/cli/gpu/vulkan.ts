import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { canLoad } from './can-load.js';

/** What WebGPU goes through on Linux. */
export interface Vulkan {
  /** Whether the dynamic loader finds libvulkan.so.1. */
  readonly hasLoader: boolean;
  /** Files that name the drivers of this machine's GPUs. */
  readonly drivers: readonly string[];
}

export async function readVulkan(environment: NodeJS.ProcessEnv = process.env): Promise<Vulkan> {
  return { hasLoader: await canLoad('libvulkan.so.1'), drivers: driverFiles(environment) };
}

/** The driver files that the Vulkan loader would read: those that the environment names, else those of the usual folders. */
export function driverFiles(
  environment: NodeJS.ProcessEnv,
  folders: readonly string[] = usualFolders(),
): string[] {
  const named = environment.VK_DRIVER_FILES ?? environment.VK_ICD_FILENAMES;
  if (named !== undefined && named !== '') {
    return named.split(delimiter).filter((file) => existsSync(file));
  }
  return folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.json'))
          .map((name) => join(folder, name))
      : [],
  );
}

function usualFolders(): string[] {
  const roots = [
    '/etc',
    '/usr/local/etc',
    '/usr/local/share',
    '/usr/share',
    join(homedir(), '.local', 'share'),
  ];
  return roots.map((root) => join(root, 'vulkan', 'icd.d'));
}
