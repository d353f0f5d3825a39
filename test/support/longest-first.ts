import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONGEST = ['notebooks/notebooks', 'notebooks/must-fail', 'browser/jupyter-lab', 'crash/probe-kills'];

/** Begins with the files that take minutes: begun last, one of them would run alone while the other core waits. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      LONGEST.some((name) => moduleId.endsWith(`test/${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
