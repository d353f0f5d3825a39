/** A figure in a sentence: two decimals unless more are asked for, and a real minus sign, none before a zero. */
export function number(estimate: number, decimals = 2): string {
  const text = estimate.toFixed(decimals);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** The same with a plus sign where it is above 0. */
export function signed(estimate: number): string {
  const text = number(estimate);
  return estimate > 0 && Number(text) !== 0 ? `+${text}` : text;
}
