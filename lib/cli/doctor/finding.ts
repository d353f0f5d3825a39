/** One line of `culture-lens doctor`. */
export interface Finding {
  readonly what: string;
  readonly state: string;
}
