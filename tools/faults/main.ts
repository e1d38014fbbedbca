import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError, exitCode } from '@ag/model';
import { everyInjection, makeFixture, openArenas, runLoop, sample, violationsOf } from '@ag/testing';
import { format } from 'prettier';
import { startMoto } from '../moto/moto.ts';
import { withResult } from './report.ts';

const page = path.resolve('docs/reliability.md');
/** One run in so many reads everything. */
const wholeEvery = 40;
const seed = 5;

/** Injects every fault at every call of a collection, one run each, and writes what came of it into docs/reliability.md. */
async function main([most]: readonly string[]): Promise<number> {
  const asked = most === undefined ? undefined : Number(most);
  if (asked !== undefined && (!Number.isInteger(asked) || asked < 1))
    throw new UserError(`\`${String(most)}\` is not a number of runs`, exitCode.usage);
  const moto = await startMoto();
  const fixture = await makeFixture(moto.endpoint).finally(() => moto.stop());
  const arenas = await openArenas(fixture);
  const all = everyInjection(fixture);
  const count = asked ?? all.length;
  const { present } = fixture;
  const started = Date.now();
  function onResult(_: unknown, done: number): void {
    if (done % 200 === 0) console.log(`${done} of ${count} runs after ${Math.round((Date.now() - started) / 1000)} s`);
  }
  const results = await runLoop({ arenas, present, injections: sample(all, count, seed), onResult });
  const whole = await runLoop({
    arenas,
    present,
    injections: sample(all, Math.ceil(count / wholeEvery), seed + 1),
    whole: true,
  });

  const violations = [...violationsOf(results), ...violationsOf(whole)];
  for (const violation of violations) console.log(violation);
  const date = new Date().toISOString().slice(0, 10);
  const text = withResult(await readFile(page, 'utf8'), {
    date,
    calls: fixture.calls,
    possible: all.length,
    results,
    whole,
  });
  await writeFile(page, await format(text, { parser: 'markdown', printWidth: 140 }));
  console.log(`${results.length + whole.length} runs, ${violations.length} violations; written to docs/reliability.md`);
  return violations.length === 0 ? exitCode.ok : exitCode.unexpected;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`accessgraph: ${error.message}`);
  process.exitCode = error.code;
}
