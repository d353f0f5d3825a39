/** What a cell displayed, one entry for each call; `display` counts the displays made. */
export interface Displayed {
  readonly display: number;
  readonly mimeType: string;
  readonly content: unknown;
}

/** Puts a stand-in for the running tslab kernel on the global object; the real one is used in test/notebooks. */
export function startFakeKernel(): { displayed: Displayed[]; stop: () => void } {
  const displayed: Displayed[] = [];
  let made = 0;
  const displayNumber = (display: number) => ({
    html: (content: string) => displayed.push({ display, mimeType: 'text/html', content }),
    raw: (mimeType: string, content: unknown) => displayed.push({ display, mimeType, content }),
  });
  const tslab = {
    display: displayNumber(0),
    newDisplay: () => {
      made += 1;
      return displayNumber(made);
    },
  };
  const holder = globalThis as { __tslab__?: unknown };
  holder.__tslab__ = { require: (id: string) => (id === 'tslab' ? tslab : undefined) };
  return {
    displayed,
    stop: () => {
      delete holder.__tslab__;
    },
  };
}
