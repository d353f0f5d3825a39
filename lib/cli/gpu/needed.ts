/**
 * What the wheels of onnxruntime-gpu for Linux ask of a machine. CUDA 13 needs a driver of branch 580 or later
 * (NVIDIA, CUDA Compatibility, minor version compatibility) and no longer knows GPUs before Turing.
 */
export const NEEDED = {
  platform: 'linux',
  architecture: 'x64',
  /** Of the CUDA libraries that a wheel asks for. Where a release asks for others, the rest of this record has to follow. */
  cudaMajor: 13,
  driverMajor: 580,
  computeCapability: 7.5,
  /** What the wheel is built against: manylinux_2_28. */
  glibc: '2.28',
  /** pip that can look into an index without downloading (`pip index`). */
  pip: '21.2',
  /** While setting up: downloads and the unpacked libraries side by side. */
  bytesForSetup: 4.0e9,
  /** What is downloaded, and what stays. */
  bytesToDownload: 1.6e9,
  bytesInstalled: 2.3e9,
} as const;

/** Whether a dotted version is at least another, part by part. */
export function isAtLeast(version: string, oldest: string): boolean {
  const parts = (text: string): number[] => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [found, wanted] = [parts(version), parts(oldest)];
  for (let place = 0; place < Math.max(found.length, wanted.length); place += 1) {
    const difference = (found[place] ?? 0) - (wanted[place] ?? 0);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}
