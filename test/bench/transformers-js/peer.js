// @huggingface/transformers: whole prompts of equal length in batches, one forward pass each, logits read at the last place.
// The fields of request and answer are those of ../records.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AutoModelForCausalLM, env, Tensor } from '@huggingface/transformers';

const [requestFile, resultFile] = process.argv.slice(2);
const request = JSON.parse(readFileSync(requestFile, 'utf8'));
const prompts = JSON.parse(readFileSync(request.prompts, 'utf8')).slice(0, request.count);

const folder = request.settings[0].model;
env.allowRemoteModels = false;
env.localModelPath = dirname(folder);
const model = await AutoModelForCausalLM.from_pretrained(basename(folder), { dtype: 'fp32', device: 'cpu' });

const optionLogProbs = prompts.map(() => []);
const settings = [];
for (const { label, batches } of request.settings) {
  await read(batches[0]);
  const seconds = [];
  for (let repeat = 0; repeat < request.repeats; repeat += 1) {
    const start = performance.now();
    for (const batch of batches) {
      await read(batch);
    }
    seconds.push((performance.now() - start) / 1000);
  }
  settings.push({ label, seconds });
}
const lengths = prompts.map((prompt) => prompt.tokenIds.length);
const tokens = lengths.reduce((sum, length) => sum + length, 0);
writeFileSync(
  resultFile,
  JSON.stringify({
    version: `@huggingface/transformers ${versionOf('@huggingface/transformers')}, onnxruntime-node ${versionOf('onnxruntime-node')} of its own`,
    settings,
    work: {
      tokens,
      attentionPairs: lengths.reduce((sum, length) => sum + length * length, 0),
      outputRows: tokens,
      tokensPerRun: tokens / request.settings.at(-1).batches.length,
    },
    optionLogProbs,
    planSeconds: null,
    peakMemoryBytes: peakMemoryBytes(),
    notes: [],
  }),
);

async function read(batch) {
  const length = prompts[batch[0]].tokenIds.length;
  const ids = BigInt64Array.from(batch.flatMap((place) => prompts[place].tokenIds.map(BigInt)));
  const dims = [batch.length, length];
  const { logits } = await model({
    input_ids: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
  });
  const vocabulary = logits.dims[2];
  for (const [row, place] of batch.entries()) {
    const start = (row * length + length - 1) * vocabulary;
    const last = logits.data.subarray(start, start + vocabulary);
    const largest = last.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
    const logSum = largest + Math.log(last.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
    optionLogProbs[place] = prompts[place].optionTokens.map(({ tokenId }) => last[tokenId] - logSum);
  }
}

function versionOf(name) {
  return JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url), 'utf8'))
    .version;
}

/** From /proc, because `getrusage` also counts what the parent held when it started this process. */
function peakMemoryBytes() {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}
