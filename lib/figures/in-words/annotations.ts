import { figureNumber } from '../labels.js';
import { type Axis, nameAt } from './axes.js';
import { lineOfText } from './plain-text.js';

/** A text that a figure places beside its marks. */
export interface Annotation {
  readonly text?: string;
  readonly x?: number;
  readonly y?: number;
  readonly xref?: string;
  readonly yref?: string;
}

/** Texts beside the marks, each with what it stands beside: a name on the axis, or a place on it. */
export function annotationLines(
  annotations: readonly Annotation[],
  axes: ReadonlyMap<string, Axis>,
): string[] {
  return annotations.flatMap(({ text = '', x, y, xref = 'x', yref = 'y' }) => {
    const words = lineOfText(text);
    const axis = axes.get(yref);
    if (axis !== undefined && y !== undefined && nameAt(axis, y) !== '') {
      return [`${nameAt(axis, y)}: ${words}.`];
    }
    return xref === 'paper' || x === undefined
      ? [`${words}.`]
      : [
          `${[axes.get(xref)?.title ?? '', words].filter((one) => one !== '').join(', ')}: ${figureNumber(x)}.`,
        ];
  });
}
