import { expect, test } from 'vitest';
import { untilAborted } from './until-aborted.ts';

const never = new Promise<never>(() => undefined);

test('work that ends first is the answer, and later signals change nothing', async () => {
  const controller = new AbortController();

  const answer = await untilAborted(controller.signal, Promise.resolve('answer'));
  controller.abort(new Error('SIGINT'));

  expect(answer).toBe('answer');
});

test('work that fails first fails as it did', async () => {
  const failure = new Error('no such table');

  await expect(untilAborted(new AbortController().signal, Promise.reject(failure))).rejects.toBe(failure);
});

test('work that hangs is left to itself when the signal comes', async () => {
  const controller = new AbortController();
  const reason = new Error('SIGINT');

  const answer = untilAborted(controller.signal, never);
  controller.abort(reason);

  await expect(answer).rejects.toBe(reason);
});

test('a signal that came before ends it too', async () => {
  const reason = new Error('SIGTERM');

  await expect(untilAborted(AbortSignal.abort(reason), never)).rejects.toBe(reason);
});
