import type { PlanCost } from '../../types.js';
import { formatSeconds } from '../progress.js';
import type { ProbePlan } from './plan-probe.js';

/** A plan in words, a line each: how prompts are run and why, what that computes, and what it will take. */
export function describePlan({
  model,
  plan,
  prompts,
  stored,
  readingKinds,
  answerTextUnits,
}: ProbePlan): string[] {
  const { selfTest } = model;
  const readings = prompts * readingKinds.length;
  const ofWhichStored = stored === 0 ? '' : `, of which ${count(stored)} are stored`;
  return [
    `model: ${model.name}, ${model.dtype}${model.provider === 'none' ? '' : `, on ${model.provider}`}`,
    ...(answerTextUnits === 0
      ? [`prompts: ${count(prompts)}${ofWhichStored}`]
      : [
          `prompts: ${count(prompts)}`,
          `readings: ${count(readings)} (${readingKinds.join(', ')})${ofWhichStored}`,
          `answer texts: ${count(answerTextUnits)} units${readingKinds.includes('letter') ? ', after the letters' : ''}; what ` +
            'follows leaves them out',
        ]),
    `way: ${plan.kind} (${plan.reason})`,
    ...(selfTest === null
      ? []
      : [
          `self-test: against prompts alone, log-probabilities differ by at most ${nats(selfTest.largest)}, ` +
            `median ${nats(selfTest.median)}`,
        ]),
    ...(plan.cost === null ? [] : describeCost(plan.cost, plan.units.length)),
  ];
}

function describeCost(cost: PlanCost, runs: number): string[] {
  const { rowBudget } = cost;
  return [
    `tokens: ${count(cost.promptTokens)} in all prompts, ${count(cost.distinctTokens)} distinct in their prefix tree, ` +
      `${count(cost.computedTokens)} computed (${ratio(cost.computedTokens, cost.distinctTokens)} x distinct)`,
    `runs: ${count(runs)}, the largest of ${count(cost.longestRun)} tokens`,
    ...(rowBudget === null
      ? []
      : [`tokens in a row: at most ${count(rowBudget.tokens)} (${rowBudget.reason})`]),
    ...(rowBudget?.timings ?? []).map(
      (timing) =>
        `  timed: a row of ${count(timing.tokens)} tokens, ${count(timing.prompts)} prompts, in ${timing.seconds.toFixed(3)} s; ` +
        `the plan with rows of at most ${count(timing.budget)}: ${formatSeconds(timing.planSeconds)}`,
    ),
    `estimated time: ${cost.seconds === null ? 'not timed, since there is only one run' : formatSeconds(cost.seconds)}`,
    `estimated memory beside the weights: ${count(cost.megabytes)} MB` +
      (rowBudget === null ? '' : `, of ${count(rowBudget.memoryMegabytes)} MB allowed`),
  ];
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(3);
}

function nats(difference: number): string {
  return `${difference.toExponential(1)} nats`;
}
