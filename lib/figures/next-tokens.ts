import { rounded } from './estimate.js';
import { plainLabel } from './labels.js';
import type { PlotlyFigure } from './plotly-figure.js';
import { axisTitle, COLOURS, GRID, layoutWith } from './theme.js';

/** A token that may come next. */
export interface NextToken {
  readonly text: string;
  /** 0 to 1. */
  readonly probability: number;
  /** Label of the option whose letter it is; null for any other token. */
  readonly option: string | null;
}

/** What {@link nextTokensFigure} draws. */
export interface NextTokensParts {
  readonly title: string;
  /** The end of the prompt, as the model reads it, cut into tokens. */
  readonly promptEnd: readonly string[];
  /** Most probable first. */
  readonly tokens: readonly NextToken[];
}

const LINE = 27;

/** The last tokens of a prompt, and how probable each next token is: what a score is read from. */
export function nextTokensFigure({ title, promptEnd, tokens }: NextTokensParts): PlotlyFigure {
  const y = tokens.map((_, line) => -line);
  const bars = (name: string, wanted: (token: NextToken) => boolean, color: string): object => ({
    type: 'bar',
    orientation: 'h',
    name,
    x: tokens.map((token) => (wanted(token) ? rounded(token.probability) : null)),
    y,
    width: 0.7,
    marker: { color },
    text: tokens.map((token) =>
      wanted(token)
        ? `${probabilityText(token.probability)}${token.option === null ? '' : `  ${plainLabel(token.option)}`}`
        : '',
    ),
    textposition: 'outside',
    cliponaxis: false,
    hovertemplate: '%{x:.4f}<extra></extra>',
  });
  const mass = tokens.reduce((sum, { option, probability }) => sum + (option === null ? 0 : probability), 0);
  return {
    data: [
      bars('letter of an option', ({ option }) => option !== null, COLOURS.model),
      bars('any other token', ({ option }) => option === null, COLOURS.other),
    ],
    layout: layoutWith({
      title: plainLabel(title),
      subtitle: `after ${promptEnd.map((text) => `<b>${tokenLabel(text)}</b>`).join(' · ')}; option mass ${mass.toFixed(3)}`,
      height: 190 + LINE * tokens.length,
      more: {
        barmode: 'overlay',
        margin: { l: 110, r: 190, t: 110, b: 55 },
        xaxis: { title: axisTitle('Probability of the next token'), range: [0, 1], gridcolor: GRID },
        yaxis: {
          title: { ...axisTitle('Next token'), standoff: 16 },
          automargin: true,
          tickvals: y,
          ticktext: tokens.map(({ text }) => tokenLabel(text)),
          tickfont: { family: 'monospace' },
          range: [-tokens.length + 0.4, 0.6],
          showgrid: false,
          zeroline: false,
        },
      },
    }),
  };
}

/** Three digits; what is not zero never reads as zero. */
function probabilityText(probability: number): string {
  return probability > 0 && probability < 0.0005 ? plainLabel('<0.001') : probability.toFixed(3);
}

/** A token's text with its spaces and line ends visible. */
function tokenLabel(text: string): string {
  return plainLabel(text.replaceAll(' ', '␣').replaceAll('\n', '⏎'));
}
