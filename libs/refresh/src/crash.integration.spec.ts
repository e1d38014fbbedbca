import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type CrashLoop, openCrashLoop } from './fixtures/crash-loop.ts';

// All points are gone through in `crash.full.spec.ts`; here are six of them.
const neo4j = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
let loop: CrashLoop;

beforeAll(async () => {
  loop = await openCrashLoop(neo4j);
});

afterAll(() => loop.stop());

test.each(['write, half done', 'sync', 'rename', 'writeFile, half done', 'statement', 'commit'])(
  'I9, F29: a run that is killed in the middle, before: %s; and one more run: the same graph',
  async (name) => {
    const all = loop.points.flatMap((point, index) => (point === name ? [index + 1] : []));
    const middle = all[Math.floor(all.length / 2)] ?? 0;

    expect(await loop.killAndGoOn(middle)).toEqual(loop.whole);
  },
);
