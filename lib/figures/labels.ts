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

/** A number in a figure's text, with a real minus: "−0.04"; a dash for none. */
export function figureNumber(value: number | null, digits = 2): string {
  // "−0.00" would claim a direction that the digits do not show.
  return value === null
    ? '–'
    : value
        .toFixed(digits)
        .replace(/^-(?=0\.?0*$)/, '')
        .replace('-', '−');
}
