import { describe, expect, it } from 'vitest';
import { complaintOf } from '../../lib/inference/provider-complaint.js';

// What onnxruntime-node 1.30.0 really printed on Linux, shortened only in the places of its sources.
const CUDA_ERROR = 'error OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library';
const missing = (provider: string, library: string): string =>
  `[E:onnxruntime:onnxruntime-node, provider_bridge_ort.cc:2146 Create] [ONNXRuntimeError] : 1 : FAIL : Failed to load library ` +
  `/lab/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/${provider} with error: ${library}: cannot open shared object file: No such file or directory\n\u001b[m\n`;
const INSUFFICIENT =
  'error /onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:146 std::conditional_t<THRW, void, common::Status> ' +
  'onnxruntime::CudaCall(ERRTYPE, const char*) [with ERRTYPE = cudaError] CUDA failure 35: CUDA driver version is insufficient ' +
  'for CUDA runtime version ; GPU=-1 ; hostname=lab ; file=cuda_execution_provider.cc ; line=352 ; expr=cudaSetDevice(info_.device_id); \n\n';

describe('the reason why a provider does not run', () => {
  it.each([
    [
      'names the library of CUDA that is missing',
      { output: CUDA_ERROR, errors: missing('libonnxruntime_providers_cuda.so', 'libcublasLt.so.13') },
      'libcublasLt.so.13: cannot open shared object file: No such file or directory',
    ],
    [
      'is the failure of the driver, without the place in the source',
      { output: INSUFFICIENT, errors: '' },
      'CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version',
    ],
    [
      'names the Vulkan loader before the adapter that cannot be had without it',
      {
        output:
          'error webgpu_context.cc:136 was false. Failed to get a WebGPU adapter: No supported adapters\n\n',
        errors:
          "Warning: Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file: No such file or directory\n    at operator()\n",
      },
      "Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file: No such file or directory",
    ],
    [
      'is the adapter where Vulkan is there',
      {
        output:
          'error webgpu_context.cc:136 was false. Failed to get a WebGPU adapter: No supported adapters\n',
        errors: '',
      },
      'Failed to get a WebGPU adapter: No supported adapters',
    ],
    [
      'is the first line of anything else',
      { output: 'error no such thing\nmore', errors: '' },
      'no such thing',
    ],
    ['is the ending where nothing was said', { output: '', errors: '' }, 'signal SIGSEGV'],
  ])('%s', (_, said, reason) => {
    expect(complaintOf({ ...said, ending: 'signal SIGSEGV' })).toBe(reason);
  });
});
