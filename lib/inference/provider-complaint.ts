/**
 * The reason in what onnxruntime says when a provider does not run. Its error often tells only that something failed; what
 * failed stands among the lines that its native part prints.
 *
 * @param said.output what the trial printed: "error " and the message of the error
 * @param said.errors the child's standard error
 * @param said.ending how the child ended, for one that said nothing
 */
export function complaintOf(said: {
  readonly output: string;
  readonly errors: string;
  readonly ending: string;
}): string {
  const all = `${said.errors}\n${said.output}`;
  for (const telling of TELLING) {
    const found = telling.exec(all)?.[1];
    if (found !== undefined) {
      return found.trim();
    }
  }
  return (
    said.output
      .replace(/^error /, '')
      .split('\n')[0]
      ?.trim() || said.ending
  );
}

// Most telling first.
const TELLING = [
  // A library of the provider, or one that it needs: "libcuda.so.1: cannot open shared object file: ...".
  /Failed to load library \S+ with error: (.*)/,
  // WebGPU on Linux goes through Vulkan.
  /(Couldn't load Vulkan: .*)/,
  /(Failed to get a WebGPU adapter.*)/,
  /(CUDA failure \d+: [^;\n]*)/,
];
