import type { PlotlyFigure } from '../figures/plotly-figure.js';
import { InputError } from '../files/input-error.js';

/**
 * A copy of a figure that survives JSON: typed arrays become arrays, absent fields stay absent.
 *
 * JSON would turn a Float64Array into an object and NaN into null, and plotly would then draw something else or
 * nothing, so neither passes in silence. Use null for a gap.
 *
 * @throws InputError that names the place of a value that JSON cannot hold, or says that there is nothing to draw
 */
export function plainFigure(figure: PlotlyFigure): PlotlyFigure {
  if (!Array.isArray(figure.data) || figure.data.length === 0) {
    throw new InputError(
      'Showing a figure: its data holds no trace. Expected { data: [trace, ...], layout }.',
    );
  }
  return plainValue(figure, 'figure') as PlotlyFigure;
}

function plainValue(value: unknown, place: string): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) {
        throw new InputError(
          `Showing a figure: ${place} is ${value}. Expected a finite number, or null for a gap.`,
        );
      }
      return value;
    case 'object':
      return value === null ? null : plainObject(value, place);
    default:
      throw new InputError(`Showing a figure: ${place} is a ${typeof value}. Expected plain data.`);
  }
}

function plainObject(value: object, place: string): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<unknown>, (inner, index) =>
      plainValue(inner, `${place}[${index}]`),
    );
  }
  if (Array.isArray(value)) {
    // Array.from visits holes, which JSON would turn into null.
    return Array.from(value, (inner, index) => plainValue(inner, `${place}[${index}]`));
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, plainValue(inner, `${place}.${key}`)]));
}
