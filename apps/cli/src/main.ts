import { processIo } from './environment.ts';
import { openTool } from './open-tool.ts';
import { runProgram } from './program.ts';

process.exitCode = await runProgram(process.argv.slice(2), processIo(), openTool);
