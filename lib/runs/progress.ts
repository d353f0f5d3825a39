/** How far a long piece of work is. */
export interface ProgressState {
  /** What is being counted, for example "mini-100k: prompts". */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** Units of work a second since this sitting began; null before the first is done. */
  readonly ratePerSecond: number | null;
  /** Seconds that are left at this rate; null while the rate is unknown. */
  readonly remainingSeconds: number | null;
}

/** Told about progress; must return quickly. */
export type ProgressListener = (state: ProgressState) => void;

/** Counts work and tells a listener. Work that was done before this sitting counts as done but not for the rate. */
export interface ProgressCounter {
  advance(count: number): void;
}

/** @param now a clock in milliseconds, given so that tests can hold it */
export function countProgress(
  listener: ProgressListener,
  work: { readonly label: string; readonly total: number; readonly alreadyDone: number },
  now: () => number = Date.now,
): ProgressCounter {
  const started = now();
  let done = work.alreadyDone;
  const tell = (): void => {
    const seconds = (now() - started) / 1000;
    const fresh = done - work.alreadyDone;
    const ratePerSecond = fresh > 0 && seconds > 0 ? fresh / seconds : null;
    const remainingSeconds = ratePerSecond === null ? null : (work.total - done) / ratePerSecond;
    listener({ label: work.label, done, total: work.total, ratePerSecond, remainingSeconds });
  };
  tell();
  return {
    advance: (count) => {
      done += count;
      tell();
    },
  };
}

/** Progress in words: "mini-100k: prompts 1,200 of 22,880 (5 %), 510/s, 43 s left". */
export function describeProgress(state: ProgressState): string {
  const percent = state.total === 0 ? 100 : Math.floor((100 * state.done) / state.total);
  const count = `${state.done.toLocaleString('en')} of ${state.total.toLocaleString('en')} (${percent} %)`;
  const rate = state.ratePerSecond === null ? '' : `, ${formatRate(state.ratePerSecond)}/s`;
  const left =
    state.remainingSeconds === null || state.done >= state.total
      ? ''
      : `, ${formatSeconds(state.remainingSeconds)} left`;
  return `${state.label} ${count}${rate}${left}`;
}

function formatRate(rate: number): string {
  return rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1);
}

/** A duration as people say it: "43 s", "2 min 05 s", "3 h 07 min". */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  }
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}
