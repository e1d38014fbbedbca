// @ts-check
// The decision core: what answers allowed or denied. Not what explains it, describes it, or reads documents.
const core = ['decide.ts', 'layers/**/*.ts', 'condition/**/*.ts', 'match/**/*.ts', 'services/**/*.ts'];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'tools/mutation/vitest.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: core.map((pattern) => `libs/policy/src/${pattern}`),
  // What only a table of data would tell, such as the names of services, no test repeats.
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  tempDirName: '.accessgraph/mutation',
  reporters: ['json', 'progress'],
  jsonReporter: { fileName: '.accessgraph/mutation-report.json' },
  // What is said, and not what is decided, is the business of the explanation's tests.
  mutator: { excludedMutations: ['StringLiteral'] },
  checkers: [],
  disableTypeChecks: true,
  ignorePatterns: ['.accessgraph', '.nx', 'dist', 'coverage', 'docs', 'apps'],
  thresholds: { high: 95, low: 90, break: null },
};
