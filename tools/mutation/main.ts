import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCode } from '@ag/model';
import { z } from 'zod';

const report = path.resolve('.accessgraph/mutation-report.json');
const result = path.resolve('libs/policy/cases/mutation.json');

const reportSchema = z.object({
  files: z.record(z.string(), z.object({ mutants: z.array(z.object({ status: z.string() })) })),
});

/**
 * Breaks the decision core in every place where it can be broken, one at a time, and counts what the tests find. The counts are
 * kept beside the rows of known answers, from where `npm run generate` takes them.
 */
async function main(): Promise<number> {
  const stryker = path.resolve('node_modules/@stryker-mutator/core/bin/stryker.js');
  const child = spawn(process.execPath, [stryker, 'run', 'tools/mutation/stryker.config.mjs'], { stdio: 'inherit' });
  await once(child, 'exit');
  if (child.exitCode !== 0) return child.exitCode ?? exitCode.unexpected;
  const { files } = reportSchema.parse(JSON.parse(await readFile(report, 'utf8')));
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...of: readonly string[]) => statuses.filter((status) => of.includes(status)).length;
  const found = count('Killed', 'Timeout');
  const survived = count('Survived', 'NoCoverage');
  const of = '`decide.ts`, `layers`, `condition`, `match` and `services`';
  const counts = { date: new Date().toISOString().slice(0, 10), of, mutants: found + survived, found, survived };
  await writeFile(result, `${JSON.stringify(counts, undefined, 2)}\n`);
  console.log(`${found} of ${counts.mutants} mutants found; \`npm run generate\` writes that into docs/conformance.md`);
  return exitCode.ok;
}

process.exitCode = await main();
