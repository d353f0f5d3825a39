import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { InputError } from '../../files/input-error.js';
import { subGraphsOf } from './graph-index.js';
import { attributeOf } from './nodes.js';
import type { GraphProto, TensorProto } from './onnx_pb.js';

/** Not inside the graph file. */
const EXTERNAL = 1;
const COPY_AGAIN = 'Copy the file again from where the model came from, and compare its size and SHA-256.';

/** A file that a graph reads weights from. */
export interface ExternalFile {
  /** As the graph names it, relative to its own folder. */
  readonly location: string;
  /** The last byte that is read, counted from 1. */
  readonly lastByte: number;
}

/**
 * Names the weights of a graph that was opened through a link by what their own links lead to, as hub caches make them: so
 * that they are found in the folder of the file itself.
 *
 * @param graphPath path of the link
 * @returns whether any name has changed
 */
export function followLinks(graph: GraphProto, graphPath: string): boolean {
  const folder = dirname(realpathSync(graphPath));
  const names = new Map<string, string>();
  for (const { location } of externalFiles(graph)) {
    const link = join(dirname(graphPath), location);
    const target = !existsSync(join(folder, location)) && existsSync(link) ? realpathSync(link) : null;
    if (target !== null && dirname(target) === folder) {
      names.set(location, basename(target));
    }
  }
  for (const entry of tensorsOf(graph).flatMap(({ externalData }) => externalData)) {
    entry.value = (entry.key === 'location' ? names.get(entry.value) : undefined) ?? entry.value;
  }
  return names.size > 0;
}

/** The files that the weights of a graph lie in, each as far as it is read. */
export function externalFiles(graph: GraphProto): ExternalFile[] {
  const lastBytes = new Map<string, number>();
  for (const { dataLocation, externalData } of tensorsOf(graph)) {
    const entries = new Map(externalData.map(({ key, value }) => [key, value]));
    const location = entries.get('location');
    if (dataLocation === EXTERNAL && location !== undefined) {
      // Without a length, the graph reads what the sizes of the tensor want; exporters write it.
      const lastByte = Number(entries.get('offset') ?? 0) + Number(entries.get('length') ?? 0);
      lastBytes.set(location, Math.max(lastByte, lastBytes.get(location) ?? 0));
    }
  }
  return [...lastBytes].map(([location, lastByte]) => ({ location, lastByte }));
}

function tensorsOf({ initializer, node }: GraphProto): TensorProto[] {
  return [
    ...initializer,
    ...node.flatMap((one) => attributeOf(one, 'value')?.t ?? []),
    ...node.flatMap(subGraphsOf).flatMap(tensorsOf),
  ];
}

/**
 * Makes sure that the files which a graph reads weights from are there, whole, and where onnxruntime opens them.
 *
 * @param graphPath path of the graph, which may be a link as hub caches make them
 * @throws InputError naming the file that is missing, cut short, or outside the folder of the graph
 */
export function requireExternalFiles(graph: GraphProto, graphPath: string): void {
  const doing = `Reading the graph ${graphPath}`;
  const real = realpathSync(graphPath);
  const folders = [realpathSync(dirname(graphPath)), dirname(real)];
  for (const { location, lastByte } of externalFiles(graph)) {
    const beside = join(dirname(graphPath), location);
    // Beside the file that a link leads to lie weights that are embedded in it, or were renamed by followLinks.
    const path = [beside, join(dirname(real), location)].find((one) => existsSync(one)) ?? beside;
    if (!existsSync(path)) {
      const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
      throw new InputError(
        `${doing}: its weights lie in ${location}, ${link ? 'a link that leads nowhere' : 'which is not there'}. ` +
          `Expected it at ${path}, ${lastByte} bytes long or more. Put it beside the graph, under that very name.`,
      );
    }
    const target = realpathSync(path);
    if (!folders.some((folder) => isInside(target, folder))) {
      throw new InputError(
        `${doing}: its weights lie in ${location}, which stands for ${target}. onnxruntime reads weights from the folder of ` +
          `the graph only. Put the file itself at ${path}, as a copy or a hard link (ln).`,
      );
    }
    const { size } = statSync(path);
    if (size < lastByte) {
      throw new InputError(
        `${doing}: ${location} has ${size} bytes, the graph reads up to ${lastByte}: the copy is cut short. ${COPY_AGAIN}`,
      );
    }
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
}
