import { run } from '../process/run.ts';

/** A question in words, and the command that answers it. */
export interface DemoQuestion {
  readonly words: string;
  readonly command: readonly string[];
}

/** Asks through the command line, as a person would, and prints the question, the command and its answer. */
export async function printAnswer(question: DemoQuestion, options: CommandOptions): Promise<void> {
  console.log(`\n${question.words}`);
  console.log(`  $ npx accessgraph ${question.command.join(' ')}`);
  console.log(indented(await runCommand(question.command, options)));
}

export interface CommandOptions {
  /** The `tools/accessgraph.mjs` of this checkout. */
  readonly program: string;
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What a command of the product prints; throws with all of it where the command fails. */
export async function runCommand(command: readonly string[], options: CommandOptions): Promise<string> {
  const { program, directory, env } = options;
  const { code, output } = await run(process.execPath, [program, ...command], { directory, env });
  // 4: it went on past what could not be read, which the sample company has one of.
  if (code !== 0 && code !== 4) throw new Error(`\`accessgraph ${command.join(' ')}\` ended with ${code}:\n${output}`);
  return output;
}

function indented(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
}
