import { expect, test } from 'vitest';
import { createStack } from './stack.ts';

test('things end once, the last one first', async () => {
  const ended: string[] = [];
  const stack = createStack();
  for (const name of ['database', 'emulator', 'api']) {
    await stack.keep({ stop: async () => void ended.push(name) });
  }

  await Promise.all([stack.stop(), stack.stop()]);

  expect(ended).toEqual(['api', 'emulator', 'database']);
});

test('a thing that started too late is ended at once', async () => {
  const ended: string[] = [];
  const stack = createStack();
  await stack.stop();

  await expect(stack.keep({ stop: async () => void ended.push('late') })).rejects.toThrow('after the end began');

  expect(ended).toEqual(['late']);
});
