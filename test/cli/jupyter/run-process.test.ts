import { describe, expect, test } from 'vitest';
import { lastLines, runProcess } from '../../../lib/cli/jupyter/run-process.js';

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
