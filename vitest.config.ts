import { defineConfig } from 'vitest/config';

const common = { resolve: { tsconfigPaths: true } };

export default defineConfig({
  test: {
    projects: [
      {
        ...common,
        test: {
          name: 'unit',
          include: ['{apps,libs,tools}/**/*.spec.ts'],
          exclude: ['**/*.integration.spec.ts', '**/*.full.spec.ts', 'apps/e2e/**', '**/node_modules/**'],
        },
      },
    ],
  },
});
