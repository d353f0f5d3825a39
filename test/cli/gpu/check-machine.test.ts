import { describe, expect, it } from 'vitest';
import { type Check, describeCheck } from '../../../lib/cli/gpu/check.js';
import { checkMachine } from '../../../lib/cli/gpu/check-machine.js';
import { parseKernelModule, parseNvidiaSmi } from '../../../lib/cli/gpu/nvidia-driver.js';
import { gpuMachine } from './tiny-index.js';

const unmet = (checks: readonly Check[]): string[] =>
  checks.filter(({ state }) => state === 'unmet').map(describeCheck);
const asked = { withoutGpu: false };
const noDriver = { ...gpuMachine, driver: { version: null, gpus: [], hasLibrary: false } };

describe('what CUDA asks of a machine', () => {
  it('is met by a Linux with a new driver and a GPU that CUDA 13 knows', () => {
    const checks = checkMachine(gpuMachine, asked);
    expect(checks.map(({ what, state }) => `${what} ${state}`)).toEqual([
      'system met',
      'C library met',
      'NVIDIA driver met',
      'GPU met',
    ]);
  });

  it.each([
    ['darwin', 'arm64', /WebGPU is in the package/],
    ['darwin', 'x64', /holds nothing at all for this system/],
    ['win32', 'x64', /WebGPU is in the package/],
    ['linux', 'arm64', /Models run on the CPU here/],
  ] as const)('is not looked at further on %s %s', (platform, architecture, wayOut) => {
    const checks = checkMachine({ ...noDriver, platform, architecture }, asked);
    expect(checks).toHaveLength(1);
    expect(unmet(checks)[0]).toMatch(/Expected Linux x64/);
    expect(unmet(checks)[0]).toMatch(wayOut);
  });

  it.each([
    ['an old C library', { glibc: '2.27' }, /C library: glibc 2\.27\. Expected glibc 2\.28 or later/],
    ['another C library', { glibc: null }, /C library: not glibc/],
    [
      'an old driver',
      { driver: { ...gpuMachine.driver, version: '570.211.01' } },
      /driver: 570\.211\.01\. Expected NVIDIA's driver 580 or later, for CUDA 13\. Update the driver/,
    ],
    [
      'a container that was not given the GPU',
      { driver: { ...gpuMachine.driver, hasLibrary: false } },
      /does not find libcuda\.so\.1\. .*docker run --gpus all/,
    ],
    [
      'a GPU of before Turing',
      { driver: { ...gpuMachine.driver, gpus: [{ name: 'Tesla V100', computeCapability: 7 }] } },
      /GPU: Tesla V100, compute capability 7\.0\. Expected compute capability 7\.5 or later/,
    ],
  ])('is not met by %s', (_, change, message) => {
    const found = unmet(checkMachine({ ...gpuMachine, ...change }, asked));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it('a machine without a GPU stops a set-up unless the user says that it is meant', () => {
    expect(unmet(checkMachine(noDriver, asked))[0]).toMatch(/driver: none answers .*add --without-gpu/);
    const checks = checkMachine(noDriver, { withoutGpu: true });
    expect(unmet(checks)).toEqual([]);
    expect(checks.map(({ what, state }) => `${what} ${state}`)).toContain('NVIDIA driver open');
  });

  it('does not take an unknown GPU for a wrong one', () => {
    const checks = checkMachine({ ...gpuMachine, driver: { ...gpuMachine.driver, gpus: [] } }, asked);
    expect(checks.at(-1)).toMatchObject({ what: 'GPU', state: 'open' });
  });
});

describe('what a driver says of itself', () => {
  it('nvidia-smi: version, and each GPU with its compute capability', () => {
    const said = '580.95.05, 9.0, NVIDIA H100 80GB HBM3\n580.95.05, 12.0, NVIDIA GeForce RTX 5090\n';
    expect(parseNvidiaSmi(said)).toEqual({
      version: '580.95.05',
      gpus: [
        { name: 'NVIDIA H100 80GB HBM3', computeCapability: 9 },
        { name: 'NVIDIA GeForce RTX 5090', computeCapability: 12 },
      ],
    });
    const failed = 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.\n';
    expect(parseNvidiaSmi(failed)).toEqual({ version: null, gpus: [] });
  });

  it.each([
    [
      'NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.95.05  Tue Sep 23 10:11:16 UTC 2025\nGCC version: 12',
      '580.95.05',
    ],
    ['NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  590.44  Release Build\n', '590.44'],
    ['', null],
  ])('the kernel module: %j', (said, version) => {
    expect(parseKernelModule(said)).toBe(version);
  });
});
