import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

// Vite would take graphql's ES modules for our code, while Node gives packages the CommonJS ones: two realms, which graphql refuses.
const alias = [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }];
const common = { resolve: { tsconfigPaths: true, alias } };
// Node 20 is served until it is not: the SDK's notice is not a test's doing.
const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
const setupFiles = ['./tools/vitest/silence.ts'];
const elsewhere = ['**/node_modules/**', '**/*.integration.spec.ts', '**/*.full.spec.ts', 'apps/e2e/**'];

// One Neo4j and one AWS emulator serve a whole run, and each test file empties them: so one file at a time.
const onRealServers = {
  globalSetup: ['./tools/vitest/servers.ts'],
  setupFiles,
  env,
  fileParallelism: false,
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        ...common,
        test: {
          name: 'unit',
          include: ['{apps,libs,tools}/**/*.spec.ts'],
          exclude: elsewhere,
          setupFiles,
          env,
          // Nothing is asserted about time: a busy machine only takes longer.
          testTimeout: 60_000,
        },
      },
      {
        ...common,
        test: {
          name: 'integration',
          include: ['{apps,libs,tools,docs}/**/*.integration.spec.ts'],
          exclude: ['**/node_modules/**', 'apps/e2e/**'],
          sequence: { groupOrder: 1 },
          ...onRealServers,
        },
      },
      {
        ...common,
        test: {
          name: 'e2e',
          include: ['apps/e2e/**/*.spec.ts'],
          exclude: ['**/node_modules/**', '**/*.full.spec.ts'],
          sequence: { groupOrder: 2 },
          ...onRealServers,
        },
      },
      {
        ...common,
        test: {
          name: 'full',
          include: ['{apps,libs,tools}/**/*.full.spec.ts'],
          sequence: { groupOrder: 3 },
          ...onRealServers,
          // They say what they went through: how many cases of which kind.
          setupFiles: [],
          testTimeout: 1_800_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
