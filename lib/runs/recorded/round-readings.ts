import { InputError } from '../../files/input-error.js';
import type { RecordedReading } from '../../inference/replay.js';

/** The coarsest step that leaves what is computed from readings as it is within the tolerance of float32 (1e-4 nats). */
export const COARSEST_STEP = 2 ** -13;

/**
 * Rounds log-probabilities and option mass to multiples of a step, which makes a smaller file; each moves by at most half a step.
 *
 * @param step in nats (for the option mass: of 1), above 0 and at most {@link COARSEST_STEP}; a power of two is exact in float32
 * @throws InputError for another step
 */
export function roundReadings(readings: readonly RecordedReading[], step: number): RecordedReading[] {
  if (!(step > 0 && step <= COARSEST_STEP)) {
    throw new InputError(
      `Recording runs: cannot round to steps of ${step} nats. Expected more than 0 and at most ${COARSEST_STEP} (2^-13): coarser ` +
        'readings would no longer be those of the model within 1e-4.',
    );
  }
  const round = (value: number): number => Math.fround(Math.round(value / step) * step);
  return readings.map((reading) => ({
    ...reading,
    optionLogProbs: reading.optionLogProbs.map(round),
    optionMass: reading.optionMass === null ? null : round(reading.optionMass),
  }));
}
