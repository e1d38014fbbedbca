import { defineConfig } from 'vitest/config';

// Tables of rules, rows of known answers, and the second evaluator: each in well under a second, for thousands of mutants.
const quick = ['conformance', 'differential', 'parse', 'rules'].map(
  (folder) => `libs/policy/src/${folder}/**/*.spec.ts`,
);

/** The tests that a mutant of the decision core must not survive. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // Instrumented code is slow, and slower with every other process.
    testTimeout: 60_000,
    include: [...quick, 'libs/policy/src/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/*.full.spec.ts', '**/properties.spec.ts', '**/parse-policy.spec.ts'],
  },
});
