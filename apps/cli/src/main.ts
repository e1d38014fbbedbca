import { endProcess, processIo } from './environment.ts';
import { openTool } from './open-tool.ts';
import { runProgram } from './program.ts';

endProcess(await runProgram(process.argv.slice(2), processIo(), openTool));
