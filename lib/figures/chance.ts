import { rounded } from './estimate.js';
import { figureNumber, plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith } from './theme.js';

/** What {@link chanceFigure} draws. */
export interface ChanceParts {
  readonly title: string;
  /** What was computed again and again, for example "r". */
  readonly measure: string;
  /** One for each shuffle. */
  readonly shuffled: readonly number[];
  readonly observed: number;
  /** What was done by chance; "shuffles" by default. */
  readonly draws?: string;
}

/** What chance gives, as a histogram of shuffles, and what was seen, as a line. */
export function chanceFigure({
  title,
  measure,
  shuffled,
  observed,
  draws = 'shuffles',
}: ChanceParts): PlotlyFigure {
  const BINS = 40;
  const all = [...shuffled, observed];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const width = (high - low) / BINS || 1;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of shuffled) {
    const bin = Math.min(BINS - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const tallest = Math.max(...counts, 1);
  return {
    data: [
      {
        type: 'bar',
        name: `by chance (${shuffled.length.toLocaleString('en')} ${plainLabel(draws)})`,
        x: counts.map((_, bin) => rounded(low + (bin + 0.5) * width)),
        y: counts,
        width: rounded(width),
        marker: { color: COLOURS.other },
        hovertemplate: `${plainLabel(measure)} about %{x:.2f}: %{y} ${plainLabel(draws)}<extra></extra>`,
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: `seen: ${figureNumber(observed, 3)}`,
        x: [rounded(observed), rounded(observed)],
        y: [0, tallest],
        line: { color: COLOURS.model, width: 3 },
        hoverinfo: 'skip',
      },
    ],
    layout: layoutWith({
      title: plainLabel(title),
      more: {
        bargap: 0,
        xaxis: {
          range: [rounded(low - 3 * width), rounded(high + 3 * width)],
          title: axisTitle(plainLabel(measure)),
          gridcolor: GRID,
        },
        yaxis: { title: axisTitle(`Number of ${plainLabel(draws)}`), gridcolor: GRID },
      },
    }),
  };
}
