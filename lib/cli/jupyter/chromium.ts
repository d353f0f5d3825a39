import { existsSync } from 'node:fs';
import { delimiter, posix, win32 } from 'node:path';
import { InputError } from '../../files/input-error.js';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

/** Flags under which Chromium starts in a container without a sandbox or a screen, and asks nothing of the network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

export interface ChromiumSearch {
  readonly environment?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly exists?: (path: string) => boolean;
}

/**
 * Path of a Chromium, Chrome or Edge on this machine; null when there is none.
 * CHROMIUM_PATH first, then the programs on PATH, then where macOS and Windows install them.
 *
 * @throws InputError when CHROMIUM_PATH names something that is not there
 */
export function findChromium(search: ChromiumSearch = {}): string | null {
  const environment = search.environment ?? process.env;
  const platform = search.platform ?? process.platform;
  const exists = search.exists ?? existsSync;
  const named = environment.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (!exists(named)) {
      throw new InputError(
        `Looking for Chromium: CHROMIUM_PATH is ${named}, and no file is there. Correct or unset it.`,
      );
    }
    return named;
  }
  return [...onPath(environment, platform), ...usualPlaces(environment, platform)].find(exists) ?? null;
}

/** Like {@link findChromium}, for those who cannot go on without. @throws InputError when there is none */
export function requireChromium(purpose: string): string {
  const path = findChromium();
  if (path === null) {
    throw new InputError(
      `${purpose}: no Chromium, Chrome or Edge was found. ` +
        'Install one (on Debian and Ubuntu: apt-get install chromium), or set CHROMIUM_PATH to its program.',
    );
  }
  return path;
}

function onPath(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    return [];
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => [...folders, '/usr/bin'].map((folder) => posix.join(folder, name)));
}

function usualPlaces(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (platform === 'win32') {
    const roots = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA];
    const programs = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return roots.flatMap((root) =>
      root === undefined ? [] : programs.map((program) => win32.join(root, program)),
    );
  }
  return [];
}
