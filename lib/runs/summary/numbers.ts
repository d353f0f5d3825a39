/** A figure in a sentence: two decimals and a real minus sign, none before a zero. */
export function number(estimate: number): string {
  const text = estimate.toFixed(2);
  return Number(text) === 0 ? '0.00' : text.replace('-', '−');
}

/** The same with a plus sign where it is above 0. */
export function signed(estimate: number): string {
  const text = number(estimate);
  return estimate > 0 && Number(text) !== 0 ? `+${text}` : text;
}
