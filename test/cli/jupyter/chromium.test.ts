import { describe, expect, test } from 'vitest';
import { findChromium } from '../../../lib/cli/jupyter/chromium.js';

const only =
  (...paths: string[]) =>
  (path: string): boolean =>
    paths.includes(path);

describe('findChromium', () => {
  test('CHROMIUM_PATH goes before everything', () => {
    const environment = { CHROMIUM_PATH: '/opt/mine', PATH: '/usr/bin' };
    expect(findChromium({ environment, platform: 'linux', exists: () => true })).toBe('/opt/mine');
  });

  test('a CHROMIUM_PATH without a file is an error, not a reason to take another', () => {
    const environment = { CHROMIUM_PATH: '/opt/gone', PATH: '/usr/bin' };
    expect(() => findChromium({ environment, platform: 'linux', exists: only('/usr/bin/chromium') })).toThrow(
      'CHROMIUM_PATH is /opt/gone, and no file is there. Correct or unset it.',
    );
  });

  test('Linux: on PATH, and in /usr/bin even where PATH lacks it', () => {
    const exists = only('/snap/bin/chromium-browser', '/usr/bin/google-chrome');
    expect(findChromium({ environment: { PATH: '/bin:/snap/bin' }, platform: 'linux', exists })).toBe(
      '/snap/bin/chromium-browser',
    );
    expect(findChromium({ environment: { PATH: '' }, platform: 'linux', exists })).toBe(
      '/usr/bin/google-chrome',
    );
  });

  test('macOS and Windows: where their installers put it', () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findChromium({ environment: {}, platform: 'darwin', exists: only(mac) })).toBe(mac);
    const windows = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    const environment = { PROGRAMFILES: 'C:\\Program Files' };
    expect(findChromium({ environment, platform: 'win32', exists: only(windows) })).toBe(windows);
  });

  test('null when there is none', () => {
    expect(findChromium({ environment: {}, platform: 'linux', exists: () => false })).toBeNull();
    expect(findChromium({ environment: {}, platform: 'win32', exists: () => false })).toBeNull();
  });
});
