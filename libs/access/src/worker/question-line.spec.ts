import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type QuestionLine, questionLine } from './question-line.ts';
import type { Question } from './protocol.ts';

function names(id: string): Question {
  return { method: 'namesOf', about: [[id]] };
}

function observed() {
  const begun: (readonly [number, Question])[] = [];
  return { begun, line: questionLine((id, question) => void begun.push([id, question])) };
}

/** An answer comes as a message, of which nobody knows the type. */
function answer(line: QuestionLine, id: number, value: readonly string[]): void {
  const listen = (told: { readonly value: never }): void => line.answered(id, told.value);
  new EventEmitter().once('message', listen).emit('message', { value });
}

test('one question is handed over at a time, in the order they came', async () => {
  const { line, begun } = observed();

  const answers = Promise.all([line.ask(names('a')), line.ask(names('b'))]);
  const first = [...begun];
  answer(line, 1, ['A']);
  answer(line, 2, ['B']);

  expect(first).toEqual([[1, names('a')]]);
  expect(begun).toEqual([
    [1, names('a')],
    [2, names('b')],
  ]);
  expect(await answers).toEqual([['A'], ['B']]);
});

test('a question that is withdrawn while it waits is never begun', async () => {
  const { line, begun } = observed();
  const controller = new AbortController();

  const asked = [line.ask(names('a')), line.ask(names('b'), controller.signal), line.ask(names('c'))];
  const settled = Promise.allSettled(asked);
  controller.abort(new Error('gone'));
  line.failed(1, new Error('odd'));
  answer(line, 3, ['C']);

  expect(begun.map(([id]) => id)).toEqual([1, 3]);
  expect(await settled).toEqual([
    { status: 'rejected', reason: new Error('odd') },
    { status: 'rejected', reason: new Error('gone') },
    { status: 'fulfilled', value: ['C'] },
  ]);
});

test('a question that is withdrawn after it began leaves the next one its turn', async () => {
  const { line, begun } = observed();
  const controller = new AbortController();

  const settled = Promise.allSettled([line.ask(names('a'), controller.signal), line.ask(names('b'))]);
  controller.abort(new Error('gone'));
  const before = begun.map(([id]) => id);
  answer(line, 1, ['A']);
  answer(line, 2, ['B']);

  expect([before, begun.map(([id]) => id)]).toEqual([[1], [1, 2]]);
  expect(await settled).toEqual([
    { status: 'rejected', reason: new Error('gone') },
    { status: 'fulfilled', value: ['B'] },
  ]);
});

test('a question of one who has gone already is not taken', async () => {
  const { line, begun } = observed();

  await expect(line.ask(names('a'), AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');

  expect(begun).toEqual([]);
});
