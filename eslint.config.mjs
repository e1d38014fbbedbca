import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { boundaryRules } from './tools/nx/rules.mjs';

const typescript = ['**/*.{ts,tsx,mts}'];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export it by name, so that it is called the same everywhere.',
};

export default tseslint.config(
  { ignores: ['**/node_modules', '**/generated', '**/*.generated.ts', '.nx', '.accessgraph', 'dist', 'coverage'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: typescript,
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false },
      ],
      // Interfaces here are records of plain functions, which need no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Fakes of asynchronous interfaces have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250 }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read it in settings.ts or environment.ts, and pass it on.' },
      ],
      'no-restricted-syntax': ['error', noDefaultExport],
      'prefer-const': 'error',
    },
  },
  ...boundaryRules(),
  { files: ['libs/**/*.ts'], rules: { 'no-console': 'error' } },
  { files: ['**/settings.ts', '**/environment.ts'], rules: { 'no-restricted-properties': 'off' } },
  // `expect.any()` and its like are `any` by design.
  {
    files: ['**/*.spec.{ts,tsx}'],
    rules: { 'max-lines': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  // Tables and one declarative description each: data, not ideas.
  { files: ['libs/testing/src/sample-company/**', '**/cases/**'], rules: { 'max-lines': 'off' } },
  // Written in one piece and apart from the engine, so that it can be read from top to bottom as a second opinion.
  { files: ['libs/policy/src/differential/second-evaluator.ts'], rules: { 'max-lines': ['error', { max: 600 }] } },
  { files: ['**/*.config.{ts,mts}', 'tools/vitest/servers.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // It waits for a server to answer, which libs/graph rightly reports as an error.
  { files: ['tools/neo4j/ask.ts'], rules: { 'no-restricted-imports': 'off' } },
);
