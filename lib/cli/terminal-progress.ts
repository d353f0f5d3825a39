import { describeProgress, type ProgressListener, type ProgressState } from '../runs/progress.js';

/** The part of a stream that progress is written to. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR = 24;
const REDRAW_MILLISECONDS = 100;
const PLAIN_LINE_MILLISECONDS = 10_000;

/**
 * Progress on a stream: one bar redrawn in place in a terminal, else a plain line every ten seconds and at the end.
 *
 * @param now a clock in milliseconds, given so that tests can hold it
 */
export function terminalProgress(stream: ProgressStream, now: () => number = Date.now): ProgressListener {
  const inPlace = stream.isTTY === true;
  let lastLabel = '';
  let lastTime = Number.NEGATIVE_INFINITY;
  return (state) => {
    const finished = state.done >= state.total;
    const isNew = state.label !== lastLabel;
    const pause = inPlace ? REDRAW_MILLISECONDS : PLAIN_LINE_MILLISECONDS;
    if (!finished && !isNew && now() - lastTime < pause) {
      return;
    }
    lastLabel = state.label;
    lastTime = now();
    stream.write(inPlace ? drawBar(state, stream.columns ?? 80, finished) : `${describeProgress(state)}\n`);
  };
}

function drawBar(state: ProgressState, columns: number, finished: boolean): string {
  const share = state.total === 0 ? 1 : state.done / state.total;
  const filled = Math.round(share * BAR);
  const line = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${describeProgress(state)}`;
  // Carriage return and "erase to the end of the line": a shorter line leaves no remains of a longer one.
  return `\r\u001b[K${line.slice(0, columns - 1)}${finished ? '\n' : ''}`;
}
