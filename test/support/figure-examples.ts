import { answerSharesFigure } from '../../lib/figures/answer-shares.js';
import { chanceFigure } from '../../lib/figures/chance.js';
import { contrastsFigure } from '../../lib/figures/contrasts.js';
import { countryTilesFigure } from '../../lib/figures/country-tiles.js';
import type { Estimate } from '../../lib/figures/estimate.js';
import { nextTokensFigure } from '../../lib/figures/next-tokens.js';
import { optionOrderFigure } from '../../lib/figures/option-order.js';
import type { PlotlyFigure } from '../../lib/figures/plotly-figure.js';
import { rByCategoryFigure } from '../../lib/figures/r-by-category.js';
import { rByPartFigure } from '../../lib/figures/r-by-part.js';
import { scoreBoxesFigure } from '../../lib/figures/score-boxes.js';
import { scoreScatterFigure } from '../../lib/figures/score-scatter.js';
import { seedArmsFigure } from '../../lib/figures/seed-arms.js';
import { sizeCurveFigure } from '../../lib/figures/size-curve.js';
import { specificationCurveFigure } from '../../lib/figures/specification-curve.js';
import { truthAndEstimateFigure } from '../../lib/figures/truth-and-estimate.js';
import { westernLeanFigure } from '../../lib/figures/western-lean.js';

/** A name that would be bold, or worse, if a figure took it for markup. */
export const MARKUP = '<b>Land & Leute</b>';

/** A figure and how many marks of each kind plotly must draw of it. */
export interface FigureExample {
  readonly figure: PlotlyFigure;
  /** CSS selector -> elements. */
  readonly marks: Readonly<Record<string, number>>;
}

const sure = (mean: number): Estimate => ({ mean, interval: { low: mean - 0.1, high: mean + 0.05 }, n: 9 });
const UNDEFINED: Estimate = { mean: null, interval: { low: null, high: null }, n: 0 };
const BAR = '.barlayer .point path';
const POINT = '.scatterlayer .point';
const ERROR_BAR = '.scatterlayer .errorbar path';
const FIELD_TEXT = '.heatmaplayer text';

const options = [
  { code: 1, label: MARKUP, score: 1, offered: true },
  { code: 2, label: 'Not at all important', score: -1, offered: true },
];
const box = { n: 40, quantiles: [-0.9, -0.5, 0, 0.25, 0.8] } as const;
const arm = (recipe: string, values: readonly number[]) => ({ recipe, values, ...sure(values[0] ?? 0) });

/** One of each figure, of a few numbers, with a name that holds markup and a number that is undefined. */
export const FIGURE_EXAMPLES: Readonly<Record<string, FigureExample>> = {
  nextTokens: {
    figure: nextTokensFigure({
      title: MARKUP,
      promptEnd: [' in', ' Germany', ':\n'],
      tokens: [
        { text: ' A', probability: 0.7, option: MARKUP },
        { text: '<b>', probability: 0.2, option: null },
      ],
    }),
    marks: { [BAR]: 2 },
  },
  answerShares: {
    figure: answerSharesFigure({
      ...{ title: MARKUP, country: MARKUP, model: MARKUP, options, respondents: 1000 },
      people: [
        { code: 1, share: 0.25 },
        { code: 2, share: 0.75 },
      ],
      probabilities: [
        { code: 1, share: 0.5 },
        { code: 2, share: 0.5 },
      ],
    }),
    marks: { [BAR]: 4 },
  },
  scoreScatter: {
    figure: scoreScatterFigure({
      ...{ title: MARKUP, xAxis: MARKUP, yAxis: 'model' },
      series: [
        {
          ...{ name: MARKUP, r: null },
          points: [
            { label: MARKUP, x: 0.1, y: 0.2 },
            { label: 'Q2', x: -0.3, y: 0.4 },
          ],
        },
      ],
    }),
    marks: { [POINT]: 2 },
  },
  scoreBoxes: {
    figure: scoreBoxesFigure({
      ...{ title: MARKUP, model: MARKUP },
      categories: [
        { title: MARKUP, people: box, model: box },
        { title: 'empty', people: box, model: null },
      ],
    }),
    marks: { '.boxlayer .trace path.box': 3 },
  },
  rByPart: {
    figure: rByPartFigure({
      title: MARKUP,
      series: [
        {
          name: MARKUP,
          parts: [
            { id: MARKUP, ...sure(0.8) },
            { id: 'Asia', ...sure(0.6) },
          ],
        },
        {
          name: 'second',
          parts: [
            { id: MARKUP, ...UNDEFINED },
            { id: 'Asia', ...sure(0.3) },
          ],
        },
      ],
      baseline: { name: 'item means', parts: [{ id: 'Asia', ...sure(0.84) }] },
    }),
    marks: { [POINT]: 4, [ERROR_BAR]: 4 },
  },
  rByCategory: {
    figure: rByCategoryFigure({
      title: MARKUP,
      categories: [
        { id: 'a', title: MARKUP },
        { id: 'b', title: 'second' },
        { id: 'none', title: 'nothing here' },
      ],
      models: [
        {
          name: MARKUP,
          categories: [
            { id: 'a', items: 4, ...sure(0.5) },
            { id: 'b', items: 5, ...UNDEFINED },
          ],
        },
        {
          name: 'second',
          categories: [
            { id: 'a', items: 4, ...sure(-0.1) },
            { id: 'b', items: 5, ...sure(0.9) },
          ],
        },
      ],
    }),
    marks: { [FIELD_TEXT]: 4 },
  },
  countryTiles: {
    figure: countryTilesFigure({
      ...{ title: MARKUP, measure: MARKUP },
      tiles: [
        { iso3: 'DEU', name: MARKUP, continent: MARKUP, value: 0.4, n: 20 },
        { iso3: 'JPN', name: 'Japan', continent: 'Asia', value: null, n: 0 },
        { iso3: 'KOR', name: 'Korea', continent: 'Asia', value: 0.9, n: 20 },
      ],
    }),
    marks: { [FIELD_TEXT]: 3 },
  },
  westernLean: {
    figure: westernLeanFigure({
      title: MARKUP,
      rows: [
        {
          name: MARKUP,
          kind: 'model',
          western: sure(0.9),
          others: sure(0.8),
          lean: 0.1,
          interval: { low: -0.05, high: 0.25 },
        },
        {
          name: 'item means',
          kind: 'reference',
          western: sure(0.7),
          others: UNDEFINED,
          lean: null,
          interval: { low: null, high: null },
        },
      ],
    }),
    marks: { [POINT]: 3, [ERROR_BAR]: 3 },
  },
  sizeCurve: {
    figure: sizeCurveFigure({
      ...{ title: MARKUP, measure: MARKUP },
      series: [
        {
          name: MARKUP,
          sizes: [
            { parameters: 6000, values: [0.3, 0.4], ...sure(0.35) },
            { parameters: 600_000, values: [0.8, 0.7], ...sure(0.75) },
          ],
          reference: { name: MARKUP, value: 0.6 },
        },
      ],
    }),
    marks: { [POINT]: 6, '.scatterlayer path.js-line': 2, [ERROR_BAR]: 2 },
  },
  seedArms: {
    figure: seedArmsFigure({
      title: MARKUP,
      panels: [
        {
          measure: MARKUP,
          arms: [arm('mini-a', [0.1, 0.2]), arm(MARKUP, [0.3, 0.4])],
          reference: { name: MARKUP, value: -0.1 },
        },
        { measure: 'option mass', arms: [arm('mini-a', [0.9])] },
      ],
    }),
    marks: { [POINT]: 5 + 3, [ERROR_BAR]: 3, '.shapelayer path': 1 },
  },
  optionOrder: {
    figure: optionOrderFigure({
      title: MARKUP,
      rows: [
        {
          name: MARKUP,
          firstMinusLast: 0.6,
          readings: 12,
          r: { given: sure(0.1), reversed: UNDEFINED, joined: sure(0.3) },
        },
      ],
    }),
    marks: { [BAR]: 1, [POINT]: 2, [ERROR_BAR]: 2 },
  },
  specificationCurve: {
    figure: specificationCurveFigure({
      ...{ title: MARKUP, measure: MARKUP },
      specifications: [
        { value: 0.2, choices: { wording: MARKUP, weights: 'weighted' }, chosen: true, counted: true },
        { value: 0.1, choices: { wording: 'persona', weights: 'weighted' }, chosen: false, counted: true },
        { value: 0.3, choices: { wording: 'persona', weights: 'weighted' }, chosen: false, counted: false },
        { value: null, choices: { wording: 'persona', weights: 'weighted' }, chosen: false, counted: true },
      ],
    }),
    // Three values, and for each the mark of its wording: of weights there is only one.
    marks: { [POINT]: 3 + 3 },
  },
  truthAndEstimate: {
    figure: truthAndEstimateFigure({
      ...{ title: MARKUP, truthAxis: MARKUP, estimateAxis: 'found' },
      points: [
        { group: MARKUP, truth: 0.4, estimate: 0.45 },
        { group: 'second', truth: 0.8, estimate: 0.7 },
        { group: 'second', truth: null, estimate: 0.7 },
      ],
    }),
    marks: { [POINT]: 2 },
  },
  contrasts: {
    figure: contrastsFigure({
      ...{ title: MARKUP, measure: 'change in r', intervalsOver: MARKUP },
      contrasts: [
        { label: MARKUP, change: 0.2, low: 0.1, high: 0.3 },
        { label: 'second', change: -0.1, low: null, high: null },
        { label: 'third', change: null, low: null, high: null },
      ],
    }),
    marks: { [POINT]: 2, [ERROR_BAR]: 1 },
  },
  chance: {
    figure: chanceFigure({
      title: MARKUP,
      measure: MARKUP,
      shuffled: [-0.1, 0, 0.1, 0.1, 0.2],
      observed: 0.8,
    }),
    marks: { [BAR]: 4, '.scatterlayer path.js-line': 1 },
  },
};
