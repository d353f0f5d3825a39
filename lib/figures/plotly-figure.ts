/** A plotly figure as plain data: what a notebook shows and a report embeds. */
export interface PlotlyFigure {
  readonly data: readonly object[];
  readonly layout: object;
  readonly config?: object;
}
