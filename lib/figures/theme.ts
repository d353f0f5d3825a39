/** Colours of Okabe and Ito (2008): told apart with every kind of colour vision, and, dark against light, in print. */
export const COLOURS = {
  people: '#0072B2',
  model: '#E69F00',
  reference: '#7A7A7A',
} as const;

const FONT = { family: 'Helvetica, Arial, sans-serif', size: 13, color: '#222222' };

/** Layout shared by all figures: white ground that prints, grid lines that stay behind the data. */
export function layoutWith(parts: {
  readonly title: string;
  readonly subtitle?: string;
  readonly height?: number;
  readonly more: object;
}): object {
  const subtitle =
    parts.subtitle === undefined ? '' : `<br><span style="font-size:12px">${parts.subtitle}</span>`;
  return {
    title: {
      text: `${parts.title}${subtitle}`,
      x: 0,
      xref: 'paper',
      xanchor: 'left',
      y: 0.96,
      yanchor: 'top',
      font: { size: 15 },
    },
    font: FONT,
    paper_bgcolor: '#FFFFFF',
    plot_bgcolor: '#FFFFFF',
    height: parts.height ?? 380,
    margin: { l: 70, r: 20, t: 90, b: 60 },
    // Between title and bars, where it covers neither an axis title nor data.
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom' },

    ...parts.more,
  };
}

/** Text that plotly shows as it is: its labels read a little HTML otherwise. */
export function plainLabel(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Breaks a long label into lines of about `width` characters. */
export function wrapLabel(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.map(plainLabel).join('<br>');
}
