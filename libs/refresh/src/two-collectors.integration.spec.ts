import { UserError } from '@ag/model';
import { openSnapshotStore } from '@ag/snapshot';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type CrashLoop, openCrashLoop } from './fixtures/crash-loop.ts';

const neo4j = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
let loop: CrashLoop;

beforeAll(async () => {
  loop = await openCrashLoop(neo4j);
});

afterAll(() => loop.stop());

/** The nth of these points, counted from 1 as everywhere. */
function pointOf(pick: (name: string, index: number) => boolean): number {
  return loop.points.findIndex(pick) + 1;
}

// Between two transactions: one that stands still within a transaction holds its lock until the server ends it.
const isFirstOfTransaction = (name: string, index: number) =>
  name === 'statement' && loop.points[index - 1] === 'commit' && index > loop.points.lastIndexOf('rename') + 20;

test.each([
  ['reads', (name: string) => name === 'mkdir'],
  ['writes its snapshot', (name: string) => name === 'writeFile'],
  [
    'is about to show its snapshot',
    (_: string, index: number) => index === loop.points.indexOf('rename', loop.points.indexOf('writeFile')),
  ],
  ['publishes', isFirstOfTransaction],
] as const)('I8, F36: a collector that sleeps through its lease while it %s writes nothing more', async (_, pick) => {
  const slow = await loop.start({ nth: pointOf(pick), fate: 'SIGSTOP' });
  await slow.stopped;

  const quick = await loop.run(slow.folder);
  slow.goOn();
  const { code, said } = await slow.end();

  expect({ code, said }).toEqual({
    code: 6,
    said: 'LeaseLost: `the test` lost the right to write to the graph: another writer took over',
  });
  expect(await loop.look(slow.folder)).toEqual(loop.whole);
  // What the slow one may have finished came before: the newest is the winner's, though the other was the last to write.
  expect((await openSnapshotStore(slow.folder).latest())?.id).toBe(quick.run.id);
});

test('F33: a disk that is full before any write ends the run, and the next one converges', async () => {
  const writes = loop.points.flatMap((name, index) => (/write|mkdir|open/.test(name) ? [index + 1] : []));
  const picked = writes.filter((_, index) => index % 6 === 0);

  for (const nth of picked) {
    const full = await loop.start({ nth, fate: 'ENOSPC' });
    const { code, said } = await full.end();
    expect({ nth, code, said }).toEqual({ nth, code: 1, said: 'the disk is full' });

    await loop.run(full.folder);

    expect(await loop.look(full.folder)).toEqual(loop.whole);
  }
  expect(picked.length).toBeGreaterThan(5);
});

test('F34: a run that needs more memory than it may have ends, nothing of it is seen, and the next one converges', async () => {
  const large = await loop.start({ nth: 0, more: 400_000 }, ['--max-old-space-size=64']);
  const before = await loop.look(large.folder);
  const { signal, said } = await large.end();

  expect(signal).toBe('SIGABRT');
  expect(said).toContain('JavaScript heap out of memory');
  expect(await loop.look(large.folder)).toEqual(before);
  await loop.run(large.folder);
  expect(await loop.look(large.folder)).toEqual(loop.whole);
});

test('F35: of two collectors that begin at once one writes, and the other says who does', async () => {
  const one = await loop.start({ nth: pointOf((name) => name === 'writeFile'), fate: 'SIGSTOP' });
  await one.stopped;
  // While the first one stands still its lease is taken by a third that keeps it.
  const held = await loop.hold();

  const refused: unknown = await loop.run(one.folder).catch((error: unknown) => error);
  await held.release();
  one.goOn();

  expect(refused).toBeInstanceOf(UserError);
  expect(refused).toMatchObject({
    code: 6,
    message: '`the one who holds it` is writing to the graph: try again when it is done',
  });
  expect((await one.end()).code).toBe(6);
  await loop.run(one.folder);
  expect(await loop.look(one.folder)).toEqual(loop.whole);
});
