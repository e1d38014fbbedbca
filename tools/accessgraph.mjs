#!/usr/bin/env node
import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkout, refuse, requireNode } from './start/checkout.mjs';

requireNode();
if (!existsSync(path.join(checkout, 'node_modules', 'tsx'))) {
  refuse(`the packages are not installed: run \`npm ci\` in \`${checkout}\``);
}

// The commands are TypeScript, and the libraries' names are in this checkout's tsconfig, wherever we are called from.
process.env.TSX_TSCONFIG_PATH = path.join(checkout, 'tsconfig.json');
const { register } = await import('tsx/esm/api');
register();
await import('../apps/cli/src/main.ts');
