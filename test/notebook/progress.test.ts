import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { notebookProgress, progressHtml } from '../../lib/notebook/progress.js';
import { type Displayed, startFakeKernel } from './fake-kernel.js';

let displayed: Displayed[];
let stop: () => void;
beforeEach(() => {
  ({ displayed, stop } = startFakeKernel());
});
afterEach(() => stop());

const state = (done: number, label = 'prompts') => ({
  label,
  done,
  total: 10,
  ratePerSecond: 5,
  remainingSeconds: (10 - done) / 5,
});

describe('notebookProgress', () => {
  test('updates one display, not more often than asked, and always shows the end', () => {
    let time = 1000;
    const tell = notebookProgress({ intervalMilliseconds: 100, now: () => time });
    tell(state(0));
    time += 99;
    tell(state(1));
    time += 1;
    tell(state(2));
    tell(state(10));
    expect(displayed.map(({ display }) => display)).toEqual([1, 1, 1]);
    expect(displayed.map(({ content }) => /value="(\d+)"/.exec(String(content))?.[1])).toEqual([
      '0',
      '2',
      '10',
    ]);
  });

  test('a second piece of work gets a bar of its own at once', () => {
    const tell = notebookProgress({ intervalMilliseconds: 1000, now: () => 0 });
    tell(state(1, 'first'));
    tell(state(1, 'second'));
    expect(displayed.map(({ display }) => display)).toEqual([1, 2]);
  });

  test('no bar before there is anything to tell', () => {
    notebookProgress();
    expect(displayed).toEqual([]);
  });
});

describe('progressHtml', () => {
  test('tells rate and time while it runs', () => {
    const text = 'prompts 5 of 10 (50 %), 5.0/s, 1 s left';
    expect(progressHtml(state(5))).toBe(
      `<progress value="5" max="10" aria-label="${text}"></progress> ${text}`,
    );
  });

  test('the finished bar is the same however long it took', () => {
    const slow = progressHtml({ ...state(10), ratePerSecond: 0.1 });
    expect(slow).toBe(progressHtml(state(10)));
    expect(slow).toContain('> prompts 10 of 10 (100 %)');
  });

  test('nothing to do, and a label with HTML in it', () => {
    const html = progressHtml({
      label: '<b>',
      done: 0,
      total: 0,
      ratePerSecond: null,
      remainingSeconds: null,
    });
    expect(html).toContain('value="0" max="1"');
    expect(html).toContain('&lt;b&gt; 0 of 0 (100 %)');
  });
});
