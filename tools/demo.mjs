#!/usr/bin/env node
import { installPackages, requireNode, runTypeScript } from './start/checkout.mjs';

requireNode();
installPackages();
runTypeScript('tools/demo/demo.ts', process.argv.slice(2));
