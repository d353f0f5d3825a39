/**
 * The page's own script: draws every figure that is seen, those in a closed `details` when it is opened (closed, they have no
 * width), and all of them in the width that the page's style makes fit the paper before printing.
 */
export const DRAW_FIGURES = `
'use strict';
(() => {
  const WIDTH = 980;
  const config = { responsive: true, displayModeBar: false };
  const draw = (plot) => {
    const { data, layout } = JSON.parse(document.getElementById(plot.id + '-data').textContent);
    plot.replaceChildren();
    Plotly.newPlot(plot, data, layout, config).then(() => {
      plot.dataset.drawn = 'yes';
    });
  };
  for (const plot of document.querySelectorAll('.plot')) {
    const details = plot.closest('details');
    if (details === null || details.open) {
      draw(plot);
    }
    details?.addEventListener('toggle', () => {
      if (details.open) {
        plot.dataset.drawn === undefined ? draw(plot) : Plotly.Plots.resize(plot);
      }
    });
  }
  const drawn = () =>
    [...document.querySelectorAll('.plot[data-drawn]')].filter((plot) => plot.closest('details:not([open])') === null);
  addEventListener('beforeprint', () => drawn().forEach((plot) => Plotly.relayout(plot, { width: WIDTH })));
  addEventListener('afterprint', () => drawn().forEach((plot) => Plotly.relayout(plot, { width: null, autosize: true })));
})();
`;
