import { createRequire } from 'node:module';
import { InputError, messageOf } from '../files/input-error.js';

/** Ways to run tfjs, fastest first. `plain` is JavaScript alone and works everywhere. */
export const MATRIX_BACKENDS = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'plain'] as const;

export type MatrixBackendName = (typeof MATRIX_BACKENDS)[number];

/** A matrix product as tfjs computes it: in float32. */
export interface MatrixBackend {
  readonly name: MatrixBackendName;
  /** Backends that came first but could not be used here, each with the reason. */
  readonly tried: readonly { readonly name: MatrixBackendName; readonly reason: string }[];
  /**
   * left · rightᵀ in float32, row-major: rows of the result are rows of `left`, its columns are rows of `right`.
   *
   * @throws InputError unless left holds rows x inner and right columns x inner numbers
   */
  product(
    left: Float32Array,
    right: Float32Array,
    shape: { readonly rows: number; readonly inner: number; readonly columns: number },
  ): Promise<Float32Array>;
}

type Tfjs = typeof import('@tensorflow/tfjs');

interface Engine {
  readonly tf: Tfjs;
  /** tfjs's own name of the backend. */
  readonly backend: string;
}

/**
 * The first tfjs backend that runs on this machine. Quiet: tfjs prints nothing on stderr.
 *
 * @param options.order the backends to try, in this order; all of them by default
 * @throws InputError when none of them runs
 */
export async function loadMatrixBackend(
  options: { readonly order?: readonly MatrixBackendName[] } = {},
): Promise<MatrixBackend> {
  const order = options.order ?? MATRIX_BACKENDS;
  const tried: { name: MatrixBackendName; reason: string }[] = [];
  for (const name of order) {
    try {
      const engine = await start(name);
      return { name, tried, product: (left, right, shape) => product(engine, left, right, shape) };
    } catch (error) {
      tried.push({ name, reason: firstLine(messageOf(error)) });
    }
  }
  const reasons = tried.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  throw new InputError(
    `Loading a matrix backend: none of ${order.join(', ') || 'an empty list'} runs here (${reasons}). ` +
      'Expected at least "plain", which needs no native part: run npm ci.',
  );
}

async function start(name: MatrixBackendName): Promise<Engine> {
  const require = createRequire(import.meta.url);
  switch (name) {
    case 'tfjs-node-gpu':
    case 'tfjs-node':
      return ready(loadNative(require, `@tensorflow/${name}`), 'tensorflow');
    case 'wasm': {
      const tf = loadTfjs(require);
      require('@tensorflow/tfjs-backend-wasm');
      return ready(tf, 'wasm');
    }
    case 'plain':
      return ready(loadTfjs(require), 'cpu');
  }
}

function loadTfjs(require: NodeJS.Require): Tfjs {
  const tf = require('@tensorflow/tfjs') as Tfjs;
  // Otherwise the first use prints a banner, and a notebook shows stderr as an error.
  tf.enableProdMode();
  return tf;
}

function loadNative(require: NodeJS.Require, packageName: string): Tfjs {
  // danfojs-node wants a tfjs-node that cannot be installed here, so package.json lets that name stand for plain tfjs.
  const { name } = require(`${packageName}/package.json`) as { name: string };
  if (name !== packageName) {
    throw new Error(`the installed package of this name is ${name}, which has no native part`);
  }
  loadTfjs(require);
  // TensorFlow's native part logs to stderr unless told otherwise before it loads.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  return require(packageName) as Tfjs;
}

async function ready(tf: Tfjs, backend: string): Promise<Engine> {
  if (!(await tf.setBackend(backend))) {
    throw new Error(`tfjs could not start its backend "${backend}"`);
  }
  return { tf, backend };
}

async function product(
  engine: Engine,
  left: Float32Array,
  right: Float32Array,
  shape: { rows: number; inner: number; columns: number },
): Promise<Float32Array> {
  const { rows, inner, columns } = shape;
  if (left.length !== rows * inner || right.length !== columns * inner) {
    throw new InputError(
      `A matrix product of ${rows} x ${inner} by ${columns} x ${inner} needs ${rows * inner} and ${columns * inner} ` +
        `numbers, got ${left.length} and ${right.length}.`,
    );
  }
  if (rows === 0 || columns === 0 || inner === 0) {
    return new Float32Array(rows * columns);
  }
  const { tf } = engine;
  // The backend is a global setting of tfjs: another one may have been chosen since.
  if (tf.getBackend() !== engine.backend) {
    await ready(tf, engine.backend);
  }
  const result = tf.tidy(() =>
    tf.matMul(tf.tensor2d(left, [rows, inner]), tf.tensor2d(right, [columns, inner]), false, true),
  );
  try {
    return (await result.data()) as Float32Array;
  } finally {
    result.dispose();
  }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim();
}
