import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const FAULTS = ['reset', 'overload', 'error', 'slow', 'cut-short', 'no-log-probabilities'] as const;
type Fault = (typeof FAULTS)[number];

/** A proxy that spoils a fixed share of the answers of a server. */
export interface FaultProxy {
  readonly address: string;
  /** How often each fault was made. */
  readonly made: Readonly<Record<Fault, number>>;
  close(): Promise<void>;
}

/**
 * Every `every`-th completion goes wrong, each kind of fault in turn; everything else passes through.
 *
 * @param slowSeconds how late a slow answer is
 */
export async function startFaultProxy(
  target: string,
  { every, slowSeconds }: { readonly every: number; readonly slowSeconds: number },
): Promise<FaultProxy> {
  const made = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>;
  let completions = 0;
  let faults = 0;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const answer = async (): Promise<{ status: number; text: string }> => {
      const answered = await fetch(target + (request.url ?? ''), {
        method: request.method ?? 'GET',
        headers: { 'content-type': 'application/json' },
        ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
      });
      return { status: answered.status, text: await answered.text() };
    };
    const isCompletion = request.url === '/completion';
    completions += isCompletion ? 1 : 0;
    const fault = isCompletion && completions % every === 0 ? FAULTS[faults % FAULTS.length] : undefined;
    if (fault !== undefined) {
      faults += 1;
      made[fault] += 1;
    }
    const send = (status: number, text: string): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    };
    switch (fault) {
      case 'reset':
        response.destroy();
        return;
      case 'overload':
        response.setHeader('retry-after', '1');
        send(429, '{"error":"too many requests"}');
        return;
      case 'error':
        send(500, '{"error":"internal"}');
        return;
      case 'no-log-probabilities':
        send(200, '{"content":" A","tokens_evaluated":1}');
        return;
    }
    if (fault === 'slow') {
      await wait(1000 * slowSeconds);
    }
    const { status, text } = await answer();
    send(status, fault === 'cut-short' ? text.slice(0, text.length >> 1) : text);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    made,
    close: async () => {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await ended;
    },
  };
}
