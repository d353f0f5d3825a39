import type { AnswerOption, AnswerShare } from '../types.js';
import { plainLabel, wrapLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith } from './theme.js';

/** What {@link answerSharesFigure} draws. */
export interface AnswerSharesParts {
  readonly title: string;
  /** Who answered, for example "Japan". */
  readonly country: string;
  readonly model: string;
  /** In the order in which they are drawn, from left to right. */
  readonly options: readonly AnswerOption[];
  /** Null where the survey tells a mean only. */
  readonly people: readonly AnswerShare[] | null;
  /** p̂ of the offered options. */
  readonly probabilities: readonly AnswerShare[];
  readonly respondents: number;
}

/** One item, one country: bars of people's answer shares beside the model's renormalised probabilities p̂. */
export function answerSharesFigure(parts: AnswerSharesParts): PlotlyFigure {
  const labels = parts.options.map((option) => wrapLabel(option.label, 16));
  const heights = (shares: readonly AnswerShare[]): (number | null)[] =>
    parts.options.map((option) => shares.find((one) => one.code === option.code)?.share ?? null);
  const bar = (name: string, shares: readonly AnswerShare[], color: string): object => {
    const y = heights(shares);
    return {
      type: 'bar',
      name: plainLabel(name),
      x: labels,
      y,
      marker: { color },
      text: y.map((value) => (value === null ? '' : value.toFixed(2))),
      textposition: 'outside',
      cliponaxis: false,
      hovertemplate: '%{x}: %{y:.3f}<extra>%{fullData.name}</extra>',
    };
  };
  const highest = Math.max(...[...(parts.people ?? []), ...parts.probabilities].map((one) => one.share));
  const people = `People of ${parts.country} (n = ${parts.respondents.toLocaleString('en')})`;
  return {
    data: [
      ...(parts.people === null ? [] : [bar(people, parts.people, COLOURS.people)]),
      bar(`${parts.model}: p̂`, parts.probabilities, COLOURS.model),
    ],
    layout: layoutWith({
      title: plainLabel(parts.title),
      ...(parts.people === null
        ? { subtitle: 'The survey tells only a mean here, so people have no bars.' }
        : {}),
      more: {
        barmode: 'group',
        xaxis: { title: axisTitle('Answer'), tickangle: 0 },
        yaxis: {
          title: axisTitle('Share (people), probability (model)'),
          range: [0, Math.min(1, highest * 1.15)],
          gridcolor: GRID,
        },
      },
    }),
  };
}
