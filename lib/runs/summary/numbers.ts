/** A figure in a sentence: two decimals and a real minus sign. */
export function number(estimate: number): string {
  return estimate.toFixed(2).replace('-', '−');
}

/** The same with a plus sign where it is above 0. */
export function signed(estimate: number): string {
  return `${estimate > 0 ? '+' : ''}${number(estimate)}`;
}
