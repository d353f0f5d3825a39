import { describe, expect, test, vi } from 'vitest';
import { lastLines, runProcess } from '../../../lib/cli/python/run-process.js';

const node = (code: string, options = {}) => runProcess(process.execPath, ['-e', code], options);

describe('runProcess', () => {
  test('collects output, status and lines', async () => {
    const lines: string[] = [];
    const result = await node("console.log('one\\ntwo'); console.error('bad'); process.exit(3)", {
      onLine: (line: string) => lines.push(line),
    });
    expect(result).toEqual({
      status: 3,
      standardOutput: 'one\ntwo',
      standardError: 'bad\n',
      timedOut: false,
    });
    expect(lines).toEqual(['one', 'two']);
  });

  test('ends what takes too long', async () => {
    const result = await node('setInterval(() => {}, 1000)', { timeoutMilliseconds: 300 });
    expect(result).toMatchObject({ status: null, timedOut: true });
  });

  test('does not wait for a grandchild that keeps the pipes open', async () => {
    const started = performance.now();
    const grandchild =
      "require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)'], { stdio: 'inherit', detached: true }).unref()";
    expect(await node(`${grandchild}; console.log('done')`)).toMatchObject({
      status: 0,
      standardOutput: 'done',
    });
    expect(performance.now() - started).toBeLessThan(6000);
  });

  test('ends the program and what it has started when it is told to, after a chance to clear up', async () => {
    const stop = new AbortController();
    const code =
      "const g = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });" +
      "process.on('SIGTERM', () => { console.log('cleared'); process.exit(5); }); console.log(g.pid); setInterval(() => {}, 1000)";
    let grandchild = Number.NaN;
    const result = await node(code, {
      signal: stop.signal,
      onLine: (line: string) => {
        if (Number.isNaN(grandchild)) {
          grandchild = Number(line);
          stop.abort();
        }
      },
    });
    expect(result).toMatchObject({ status: 5, standardOutput: `${grandchild}\ncleared` });
    // It is gone a moment later than its parent.
    await vi.waitFor(() => expect(() => process.kill(grandchild, 0)).toThrow('ESRCH'), { timeout: 5_000 });
  });

  test('a program that does not exist', async () => {
    await expect(runProcess('no-such-program-here', [])).rejects.toThrow(
      /^Starting no-such-program-here: .*ENOENT.*\. Expected a program of that name on this machine\.$/,
    );
  });
});

describe('lastLines', () => {
  test('leaves out empty lines', () => {
    expect(lastLines('a\n\nb\nc\n\n', 2)).toBe('  b\n  c');
  });
});
