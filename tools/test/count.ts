import { z } from 'zod';

/** How many checks or tests passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** Counts what vitest's JSON report says. A run that failed without a failed test still counts as one failure. */
export function countTests(text: string | undefined, exitCode: number | undefined): Count {
  const { data } = report.safeParse(text === undefined ? undefined : JSON.parse(text));
  if (!data) return { passed: 0, failed: 1 };
  // A file that does not load, or whose `afterAll` throws, has no failed test and yet failed.
  const brokenFiles = data.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = data.numFailedTests + brokenFiles.length;
  return { passed: data.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

export function add(left: Count, right: Count): Count {
  return { passed: left.passed + right.passed, failed: left.failed + right.failed };
}
