import { InputError } from '../files/input-error.js';

/** What a tslab display can do for us: one output of one MIME type; a display from `newDisplay` is updated in place. */
export interface KernelDisplay {
  html(text: string): void;
  raw(mimeType: string, content: unknown): void;
}

interface TslabModule {
  readonly display: KernelDisplay;
  readonly newDisplay: () => KernelDisplay;
}

/**
 * The running tslab kernel's own display functions.
 *
 * The kernel puts its `require` on the global object; asking that one yields the very module that is connected to the
 * notebook, wherever the kernel was installed, and costs nothing outside a kernel.
 *
 * @throws InputError outside a notebook
 */
export function kernelDisplays(): TslabModule {
  const kernel = (globalThis as { __tslab__?: { require?: (id: string) => unknown } }).__tslab__;
  if (typeof kernel?.require !== 'function') {
    throw new InputError(
      'Displaying in a notebook: no tslab kernel is running here. ' +
        'Call this from a notebook cell (npm run lab), or use htmlTable and the figure object itself.',
    );
  }
  return kernel.require('tslab') as TslabModule;
}
