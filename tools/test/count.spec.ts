import { expect, test } from 'vitest';
import { countTests } from './count.ts';

function report(files: readonly { status: string; tests: readonly string[] }[]): string {
  const statuses = files.flatMap((file) => file.tests);
  return JSON.stringify({
    numPassedTests: statuses.filter((status) => status === 'passed').length,
    numFailedTests: statuses.filter((status) => status === 'failed').length,
    testResults: files.map((file) => ({
      status: file.status,
      assertionResults: file.tests.map((status) => ({ status })),
    })),
  });
}

test('passed and failed tests are counted, and skipped ones are neither', () => {
  const text = report([
    { status: 'passed', tests: ['passed', 'passed', 'pending'] },
    { status: 'failed', tests: ['passed', 'failed'] },
  ]);

  expect(countTests(text, 1)).toEqual({ passed: 3, failed: 1 });
});

test('a file that does not load is a failure', () => {
  const text = report([
    { status: 'passed', tests: ['passed'] },
    { status: 'failed', tests: [] },
  ]);

  expect(countTests(text, 1)).toEqual({ passed: 1, failed: 1 });
});

test('a run that ends badly though every test passed is a failure', () => {
  const text = report([{ status: 'passed', tests: ['passed'] }]);

  expect(countTests(text, 1)).toEqual({ passed: 1, failed: 1 });
  expect(countTests(text, undefined)).toEqual({ passed: 1, failed: 1 });
  expect(countTests(text, 0)).toEqual({ passed: 1, failed: 0 });
});

test('a run without a report is a failure', () => {
  expect(countTests(undefined, 0)).toEqual({ passed: 0, failed: 1 });
});
