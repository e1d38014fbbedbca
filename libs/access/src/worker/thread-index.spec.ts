import { UserError, exitCode } from '@ag/model';
import { afterEach, expect, test } from 'vitest';
import { compile } from '../compile.ts';
import { bucket, role, smallGraph, user } from './fixtures/small-graph.ts';
import { ThreadEnded, type ThreadIndex, type ThreadOptions, openThreadIndex } from './thread-index.ts';

const opened: ThreadIndex[] = [];
afterEach(async () => {
  for (const index of opened.splice(0)) await index.close();
});

async function open(data: string, more: Partial<ThreadOptions> = {}): Promise<ThreadIndex> {
  const index = await openThreadIndex({ entry: new URL('./fixtures/index-thread.ts', import.meta.url), data, ...more });
  opened.push(index);
  return index;
}

const listing = { action: 's3:ListBucket', resource: bucket } as const;

test('an index in a thread answers every question as one in this thread does', async () => {
  const there = await open('answers');
  const here = await compile(smallGraph());

  const [fromThere, fromHere] = await Promise.all(
    [there, here].map(async (index) => [
      index.run,
      await index.whoCan({ ...listing, through: 'anyPath' }),
      await index.whatCan({ principal: 'ana', action: 's3:*' }),
      await index.explain({ principal: 'ana', ...listing }),
      await index.canAssume(),
      await index.namesOf([user, role, 'arn:aws:iam::444455556666:role/elsewhere']),
      await index.suggest('resource', 'report'),
    ]),
  );

  expect(fromThere).toEqual(fromHere);
  expect(await there.namesOf([role, user])).toEqual(['deploy', 'ana']);
});

test('an error that a person can mend is one also outside the thread, and the next question is answered', async () => {
  const index = await open('answers');

  const [refused, answered] = await Promise.allSettled([
    index.whoCan({ action: 's3:ListBuket', resource: bucket }),
    index.namesOf([user]),
  ]);

  expect(refused.status === 'rejected' && refused.reason).toEqual(
    new UserError('unknown action `s3:ListBuket`; the nearest known: `s3:ListBucket`', exitCode.usage),
  );
  expect(refused.status === 'rejected' && refused.reason).toBeInstanceOf(UserError);
  expect(answered).toEqual({ status: 'fulfilled', value: ['ana'] });
});

test('what hinders compiling is told outside, with its exit code where a person can mend it', async () => {
  const [refused, thrown] = await Promise.allSettled([open('refuses'), open('throws')]);

  expect(refused.status === 'rejected' && refused.reason).toEqual(
    new UserError('the graph is empty', exitCode.database),
  );
  expect(thrown.status === 'rejected' && thrown.reason).toEqual(new Error('a document is odd'));
  expect(thrown.status === 'rejected' && thrown.reason).not.toBeInstanceOf(UserError);
});

test('a thread that runs out of memory ends alone, and says so in one sentence', async () => {
  await expect(open('takes too much memory', { heapMegabytes: 64 })).rejects.toThrow(
    new ThreadEnded('it ran out of memory'),
  );
});

test('a thread that ends while it answers refuses all who wait and all who come after, and tells whoever holds it', async () => {
  const index = await open('breaks when asked for names');

  const waiting = await Promise.allSettled([index.namesOf([user]), index.whoCan(listing)]);
  const after = await Promise.allSettled([index.whoCan(listing)]);

  const ended = new ThreadEnded('exit code 3');
  expect([...waiting, ...after]).toEqual(Array(3).fill({ status: 'rejected', reason: ended }));
  expect(await index.ended).toEqual(ended);
});

test('a thread that was closed has not ended by itself, and answers nothing more', async () => {
  const index = await open('answers');

  await index.close();

  expect(await index.ended).toBeUndefined();
  await expect(index.whoCan(listing)).rejects.toThrow('the index was closed');
});

test('compiling that is aborted ends with the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('another writer took over');

  const opening = open('never ends', { signal: controller.signal });
  controller.abort(reason);

  await expect(opening).rejects.toBe(reason);
});

test('a question whose asker has gone is refused with the reason', async () => {
  const index = await open('answers');
  const controller = new AbortController();
  const reason = new Error('the request is over');

  const [first, second] = [index.namesOf([user]), index.whoCan(listing, { signal: controller.signal })];
  controller.abort(reason);

  await expect(second).rejects.toBe(reason);
  expect(await first).toEqual(['ana']);
});
