import { cpus, loadavg, totalmem } from 'node:os';

/** The machine that a benchmark ran on: numbers of two machines are never compared. */
export interface MachineFacts {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly platform: string;
  readonly node: string;
  /** Mean number of runnable processes over the last minute, when the benchmark started: others at work spoil it. */
  readonly loadAtStart: number;
}

export function machineFacts(): MachineFacts {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    loadAtStart: loadavg()[0] ?? 0,
  };
}

/** The facts as a line of text. */
export function describeMachine(facts: MachineFacts): string {
  const memory = (facts.memoryBytes / 2 ** 30).toFixed(0);
  return (
    `${facts.processor}, ${facts.cores} cores, ${memory} GiB, ${facts.platform}, Node ${facts.node}, ` +
    `load ${facts.loadAtStart.toFixed(2)} at the start`
  );
}
