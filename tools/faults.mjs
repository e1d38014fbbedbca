#!/usr/bin/env node
import { installPackages, requireNode, runTypeScript } from './start/checkout.mjs';

requireNode();
installPackages();
runTypeScript('tools/faults/main.ts', process.argv.slice(2));
