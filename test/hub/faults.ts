import type { Fault, Heard, HubServer } from './hub-server.js';

/** Which requests a fault meets. */
export interface Meets {
  readonly side?: Heard['side'];
  /** Part of the path. */
  readonly path: string;
  /** How many such requests; all by default. */
  readonly times?: number;
}

/** Installs a fault for some requests, the first `times` of them. */
export function meet(
  hub: HubServer,
  { side, path, times = Number.POSITIVE_INFINITY }: Meets,
  fault: Fault,
): void {
  let left = times;
  hub.fault = (heard, response, answer) => {
    if (left <= 0 || !heard.url.includes(path) || (side !== undefined && heard.side !== side)) {
      return false;
    }
    left -= 1;
    return fault(heard, response, answer);
  };
}

/** Sends the beginning of a file and cuts the connection; heeds ranges. */
export function cutAfter(bytes: Buffer, piece: number): Fault {
  return (heard, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(heard.headers.range ?? '')?.[1] ?? 0);
    const body = bytes.subarray(start, start + piece);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': bytes.length - start,
      ...(start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    heard.sent = body.length;
    response.write(body, () => setTimeout(() => response.destroy(), 20));
    return true;
  };
}

/** Answers with a status and nothing else. */
export function status(code: number, headers: Record<string, string> = {}): Fault {
  return (_, response) => {
    response.writeHead(code, headers);
    response.end();
    return true;
  };
}

/** Answers with these bytes as a whole file, whatever was asked for. */
export function whole(bytes: Buffer, headers: Record<string, string> = {}): Fault {
  return (heard, response) => {
    response.writeHead(200, { 'content-length': bytes.length, ...headers });
    heard.sent = bytes.length;
    response.end(bytes);
    return true;
  };
}

/** Says nothing at all, or nothing more after the beginning of a file. */
export function silence(bytes?: Buffer, piece = 0): Fault {
  return (heard, response) => {
    if (bytes !== undefined) {
      response.writeHead(200, { 'content-length': bytes.length });
      heard.sent = piece;
      response.write(bytes.subarray(0, piece));
    }
    return true;
  };
}
