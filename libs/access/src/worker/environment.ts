import { fileURLToPath } from 'node:url';

/** A thread's environment: ours, and where the loader of TypeScript finds the names of the libraries. */
export function threadEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url)) };
}
