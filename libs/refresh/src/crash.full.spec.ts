import { expect, inject, test } from 'vitest';
import { openCrashLoop } from './fixtures/crash-loop.ts';

const neo4j = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
/** What happens in the database; everything else happens in the folder. */
const inGraph = /^(statement|commit|change of the schema)$/;

test('I9, F29: a run that is killed before any write, sync or rename of its snapshot, and one more run: the same hash', async () => {
  const loop = await openCrashLoop();

  for (let nth = 1; nth <= loop.points.length; nth += 1) {
    const at = `${nth}: ${loop.points[nth - 1] ?? ''}`;
    expect({ at, ...(await loop.killAndGoOn(nth)) }).toEqual({ at, ...loop.whole });
  }

  expect(loop.points.length).toBeGreaterThan(60);
  process.stdout.write(`killed before each of ${loop.points.length} operations on files\n`);
  await loop.stop();
});

test('I9, F29: a run that is killed before any statement or commit, and one more run: the same graph', async () => {
  const loop = await openCrashLoop(neo4j);
  const killed = new Map<string, number>();

  for (const [index, name] of loop.points.entries()) {
    if (!inGraph.test(name)) continue;
    const at = `${index + 1}: ${name}`;
    expect({ at, ...(await loop.killAndGoOn(index + 1)) }).toEqual({ at, ...loop.whole });
    killed.set(name, (killed.get(name) ?? 0) + 1);
  }

  expect(loop.whole.graph.length).toBeGreaterThan(8);
  expect(killed.get('statement')).toBeGreaterThan(30);
  expect(killed.get('commit')).toBeGreaterThan(8);
  process.stdout.write(`killed before ${JSON.stringify(Object.fromEntries(killed))}\n`);
  await loop.stop();
});
