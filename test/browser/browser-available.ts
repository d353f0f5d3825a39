import { findChromium } from '../../lib/cli/jupyter/chromium.js';

/**
 * Why browser checks are skipped; null where they run. CI always has a Chromium, so there a missing one is a failure,
 * not a reason to skip.
 */
export function reasonToSkip(): string | null {
  return findChromium() !== null || process.env.CI
    ? null
    : 'skipped: no Chromium, Chrome or Edge was found (apt-get install chromium, or set CHROMIUM_PATH)';
}
