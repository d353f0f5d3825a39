import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { loadTemplates } from '../../lib/prompts/templates.js';
import { createRandom } from '../../lib/statistics/random.js';
import { loadCountries } from '../../lib/survey/countries.js';
import { selectCountries } from '../../lib/survey/country-selection.js';
import { selectItems } from '../../lib/survey/item-sets.js';
import { loadItems } from '../../lib/survey/items.js';
import type { Prompt } from '../../lib/types.js';

/** Templates of the project, the default first. */
export const templates = [...loadTemplates().templates];

/** Every prompt of a template over the default items and countries, in both orders, as a run asks them. */
export function promptsOf(template: (typeof templates)[number]): Prompt[] {
  const items = selectItems(loadItems(), 'wvs-209').filter((item) => item.canAsk);
  const countries = template.country === 'none' ? [null] : selectCountries(loadCountries(), 'default-55');
  return items.flatMap((item) =>
    (['given', 'reversed'] as const).flatMap((order) =>
      countries.map((country) => renderPrompt({ item, template, country, order })),
    ),
  );
}

/** One prompt of each item and order, its country drawn by a seed. */
export function drawPrompts(prompts: readonly Prompt[], seed: number): Prompt[] {
  const random = createRandom(seed);
  const groups = new Map<string, Prompt[]>();
  for (const prompt of prompts) {
    const key = `${prompt.variable} ${prompt.order}`;
    groups.set(key, [...(groups.get(key) ?? []), prompt]);
  }
  return [...groups.values()].flatMap((group) => group[random.integerBelow(group.length)] ?? []);
}
